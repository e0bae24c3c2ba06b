import { html, nothing } from "lit";
import { RequestFailed } from "../api/problem.ts";
import { icon } from "../components/icon.ts";
import { rich } from "../texts/compiled.ts";
import { Page } from "./page.ts";

/** Signing in with the configured token. */
export class LoginPage extends Page {
  static override properties = { ...Page.properties, wrong: { state: true }, busy: { state: true } };
  declare wrong: string;
  declare busy: boolean;

  constructor() {
    super();
    this.wrong = "";
    this.busy = false;
  }

  protected override firstUpdated(): void {
    this.querySelector("input")?.focus();
  }

  #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { app } = this;
    const field = this.querySelector("input");
    if (!field || this.busy) return;
    this.busy = true;
    this.wrong = "";
    try {
      await app.session.login(field.value);
      app.signedOut.set(false);
    } catch (error) {
      const status = error instanceof RequestFailed ? error.status : -1;
      const words = app.t.common.login;
      this.wrong = status === 401 ? words.wrong : status === 429 ? words.tooMany : app.explain(error);
      field.select();
    } finally {
      this.busy = false;
    }
  };

  protected override render() {
    const words = this.app.t.common.login;
    return html`<form class="sheet login" @submit=${this.#submit}>
      <div>
        <h1 class="h2">${words.title}</h1>
        <p class="two">${rich(words.enter, { key: html`<code>http.token</code>` })}</p>
      </div>
      <label class="name"
        >${icon("lock")}<input
          type="password"
          name="token"
          required
          aria-label=${words.label}
          aria-invalid=${this.wrong !== ""}
          aria-describedby=${this.wrong ? "login-wrong" : nothing}
          autocomplete="current-password"
      /></label>
      <p class="small wrong" id="login-wrong" role="alert">${this.wrong}</p>
      <button class="btn primary wide" ?disabled=${this.busy}>${words.open}</button>
    </form>`;
  }
}

customElements.define("f-login", LoginPage);
