/** Follows `next_cursor` to the end, handing over each page as it arrives; `signal` stops it. */
export async function allPages<P extends { readonly next_cursor: string | null }>(
  ask: (cursor: string | undefined, page: number) => Promise<P>,
  take: (page: P, last: boolean) => void,
  signal?: AbortSignal,
): Promise<void> {
  let cursor: string | undefined;
  for (let page = 0; ; page++) {
    const answer = await ask(cursor, page);
    if (signal?.aborted) return;
    take(answer, answer.next_cursor === null);
    if (answer.next_cursor === null) return;
    cursor = answer.next_cursor;
  }
}
