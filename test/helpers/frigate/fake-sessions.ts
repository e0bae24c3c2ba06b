import { createHmac, randomBytes } from "node:crypto";
import { type TestAnswer, type TestRequest, toJson } from "./test-server.ts";

export interface FakeUser {
  readonly password: string;
  readonly role: "admin" | "viewer";
}

/** Logins of Frigate's port 8971: a signed token (JWT, HS256) in a cookie. */
export interface FakeSessions {
  /** `POST /api/login` */
  logIn(request: TestRequest): TestAnswer;
  /** null: nobody whom Frigate knows. */
  whoIs(request: TestRequest): FakeUser | null;
  /** All tokens end, as with another secret. */
  endAll(): void;
  readonly failed: number;
}

export function createSessions(users: Readonly<Record<string, FakeUser>>): FakeSessions {
  let secret = randomBytes(32);
  let failed = 0;
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const sign = (text: string): string => createHmac("sha256", secret).update(text).digest("base64url");

  return {
    logIn({ body, headers }) {
      const { user, password } = JSON.parse(body) as { user: string; password: string };
      const known = headers["content-type"] === "application/json" ? users[user] : undefined;
      if (known?.password !== password) {
        failed += 1;
        return toJson({ message: "Login failed" }, 401);
      }
      const text = `${encode({ alg: "HS256", typ: "JWT" })}.${encode({ sub: user, role: known.role })}`;
      const cookie = `frigate_token=${text}.${sign(text)}; HttpOnly; Path=/; SameSite=Lax`;
      return { ...toJson({}), headers: { "content-type": "application/json", "set-cookie": cookie } };
    },
    whoIs({ headers }) {
      const [head, claims, signature] = (/frigate_token=([^;]+)/.exec(headers.cookie ?? "")?.[1] ?? "").split(".");
      if (head === undefined || claims === undefined || sign(`${head}.${claims}`) !== signature) return null;
      const { sub } = JSON.parse(Buffer.from(claims, "base64url").toString()) as { sub: string };
      return users[sub] ?? null;
    },
    endAll() {
      secret = randomBytes(32);
    },
    get failed() {
      return failed;
    },
  };
}
