import type { Page } from "playwright-core";
import type { ClusterJson, ClustersAnswer } from "../../../src/wire/out/schemas.ts";
import type { Overview } from "../../../ui/src/api/clusters.ts";
import { makeGroupJson, makeGroupsAnswer, makeOverviewJson } from "../../ui/make-group-json.ts";

const CAMERAS = ["front_door", "driveway", "garden", "garage"];
const MANY = 10;

/** As a busy street has them: a few of many photos, most seen once; every 40th a stranger who came back. */
export function makeManyGroups(count: number, thumbnail: (n: number) => string | null): ClusterJson[] {
  return Array.from({ length: count }, (_, n) => {
    const place = n / count;
    const size = place < 0.07 ? Math.max(MANY, 200 - n) : place < 0.38 ? 2 + (n % 8) : 1;
    const made = makeGroupJson(n, { size, cameras: CAMERAS.slice(n % 4, (n % 4) + 1 + (n % 2)) });
    const number = n / 40;
    const stranger = n % 40 === 0 ? { stranger_id: `s_${number}`, number, visits: 2 + (number % 9) } : null;
    const [face] = made.representatives;
    return {
      ...made,
      stranger,
      stranger_id: stranger?.stranger_id ?? null,
      visits: stranger?.visits ?? 1,
      representatives: face ? [{ ...face, thumbnail: thumbnail(n) }] : [],
    };
  }).sort((one, other) => other.size - one.size);
}

function toOverview(groups: readonly ClusterJson[]): Overview {
  const many = groups.filter(({ size }) => size >= MANY).length;
  const once = groups.filter(({ size }) => size === 1).length;
  return makeOverviewJson(groups.length, {
    many,
    few: groups.length - many - once,
    once,
    came_back: groups.filter(({ stranger }) => stranger !== null).length,
  });
}

/** Answers the page's requests for groups out of `groups`, as the daemon does. */
export async function answerGroups(page: Page, groups: readonly ClusterJson[], asked: URL[] = []): Promise<void> {
  const overview = toOverview(groups);
  await page.route(/api\/faces\/clusters\?/, (route) => {
    const url = new URL(route.request().url());
    asked.push(url);
    const query = url.searchParams;
    const least = Number(query.get("min_size") ?? 1);
    const most = Number(query.get("max_size") ?? Infinity);
    const camera = query.get("camera");
    const fitting =
      query.get("state") === "waiting"
        ? groups.filter(
            (group) =>
              group.size >= least &&
              group.size <= most &&
              (camera === null || group.cameras.includes(camera)) &&
              (query.get("came_back") === null || group.stranger !== null),
          )
        : [];
    const limit = Number(query.get("limit") ?? 100);
    const answer: ClustersAnswer = makeGroupsAnswer(fitting, { limit, cursor: query.get("cursor") ?? "0" });
    return route.fulfill({ json: { ...answer, overview } });
  });
}
