import type { ChangesAnswer, VisitsAnswer } from "../../src/wire/out/schemas.ts";
import type { Recorder } from "./recorder.ts";

const VISIT = "GET /api/visits/{id}";
const CORRECT = "POST /api/visits/{id}/correct";

/** Who came, and each way to put a visit right and to take it back. */
export async function askAboutVisits({ http, mqtt }: Recorder): Promise<void> {
  const { visits } = await http<VisitsAnswer>("GET /api/visits", { query: { limit: 100 } });
  await http("GET /api/visits", { query: { person: "Anna" } });
  await http("GET /api/visits", { query: { camera: "front_door", limit: 1 } });
  await http("GET /api/visits", { query: { person: "Nobody" } });
  await http("GET /api/visits", { query: { state: "lost" } });
  await mqtt("visits", { limit: 1 });
  await mqtt("visits", { state: "lost" });

  const id = visits.find((one) => one.person === "Anna")?.visit_id ?? "";
  await http(VISIT, { params: { id } });
  await http(VISIT, { params: { id: "v_none" } });
  await http(CORRECT, { params: { id }, body: {} });
  await http(CORRECT, { params: { id }, body: { person: "Anna", not: "Anna" } });
  await http(CORRECT, { params: { id: "v_none" }, body: { not: "Anna" } });
  await http(CORRECT, { params: { id }, body: { not: "Anna" } });
  await http("POST /api/undo", { body: {} });
  await mqtt("correct", { visit: id, person: "Zoë" });
  await mqtt("undo");
  await mqtt("correct", { visit: id });

  await http("GET /api/strangers");
  await mqtt("strangers");
  await http("POST /api/strangers/{id}/assign", { params: { id: "s_none" }, body: { name: "Anna" } });
  await mqtt("assign_stranger", { stranger: "s_none", name: "Anna" });
}

/** What clusters may be, what would make recognition better, and the history of changes. */
export async function askForAdvice({ http, mqtt }: Recorder): Promise<void> {
  await http("GET /api/review");
  await http("POST /api/review/{id}", { params: { id: "none" }, body: { answer: "yes" } });
  await http("POST /api/review/{id}", { params: { id: "none" }, body: { answer: "perhaps" } });
  await http("POST /api/review/accept-sure", { body: {} });
  await http("POST /api/faces/clusters/{id}/reject", { params: { id: "c_none" }, body: { person: "Anna" } });
  await mqtt("reject", { cluster: "c_none", person: "Anna" });
  await http("POST /api/faces/clusters/{id}/split", { params: { id: "c_none" }, body: {} });
  await mqtt("split", { cluster: "c_none" });
  await http("GET /api/advice");
  await mqtt("advice");

  const { changes } = await http<ChangesAnswer>("GET /api/changes", { query: { limit: 3 } });
  await mqtt("changes", { limit: 1 });
  const id = changes[0]?.id ?? 0;
  await http("POST /api/changes/{id}/undo", { params: { id } });
  await http("POST /api/changes/{id}/undo", { params: { id } });
  await http("POST /api/changes/{id}/redo", { params: { id } });
  await http("POST /api/changes/{id}/redo", { params: { id } });
  await http("POST /api/changes/{id}/undo", { params: { id: 9_999 } });
  await mqtt("undo", { change: id });
  await mqtt("redo", { change: id });
  await mqtt("redo", { change: 9_999 });
}
