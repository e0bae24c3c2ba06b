import { cameraWord } from "../camera.ts";
import { faces, number } from "./words.ts";

/** "at 18:20", "on Sunday", "yesterday", "4 min ago" */
const said = (ago: string): string =>
  /^\d\d:/.test(ago) ? `at ${ago}` : /^(now|today|yesterday|.* ago)$/.test(ago) ? ago : `on ${ago}`;

/** The words of People and of a person's page. */
export const people = {
  title: (n: number) => `You know ${number(n)} ${n === 1 ? "person" : "people"}`,
  titleNone: "You know nobody yet",
  summary: (name: string, camera: string, ago: string) =>
    ago === "now"
      ? `${name} is at the ${cameraWord(camera)}.`
      : `${name} was last seen ${said(ago)}, ${cameraWord(camera)}.`,
  find: "Find a person",
  sort: { seen: "Last seen", name: "By name", faces: "Most faces" },
  sortLabel: (by: string) => `Order: ${by}`,
  nobody: "Nobody has a name yet",
  nobodyHint: "Name a group under Discover, and the person appears here.",
  toDiscover: "Open Discover",
  noneFound: (query: string) => `Nobody is called “${query}”`,
  clear: "Show everybody",
  never: "not seen yet",
  whereAndWhen: (camera: string, ago: string) =>
    `${cameraWord(camera).charAt(0).toUpperCase()}${cameraWord(camera).slice(1)}, ${ago}`,
  countsShort: (f: number, looks: number) => `${faces(f)}, ${number(looks)} ${looks === 1 ? "look" : "looks"}`,
  hints: [
    [["/"], "find"],
    [["←", "→"], "move"],
    [["Enter"], "open"],
  ] as readonly (readonly [readonly string[], string])[],
  person: {
    back: "People",
    lastSeen: (camera: string, ago: string) => `Last seen ${said(ago)}, ${cameraWord(camera)}`,
    here: (camera: string) => `At the ${cameraWord(camera)} now`,
    rename: "Rename",
    renameLabel: (name: string) => `New name for ${name}`,
    save: "Save",
    merge: "Merge with…",
    mergeTitle: (name: string) => `Merge ${name} with whom?`,
    mergeLabel: "Name of the other person",
    facesWord: (n: number): string => (n === 1 ? "face" : "faces"),
    looksWord: (n: number): string => (n === 1 ? "look" : "looks"),
    firstSeen: "first seen",
    when: "When and where",
    whenHint: (days: number) => `The last ${number(days)} days. Tap a dot to see only those faces.`,
    whenCell: (n: number, camera: string, day: string) => `${faces(n)}, ${camera}, ${day}`,
    whenNone: (days: number) => `None in the last ${number(days)} days.`,
    faces: "Faces",
    facesHint: (name: string) => `Newest first. Take out faces that are not ${name}; they become unnamed again.`,
    allCameras: "All cameras",
    noFaces: (name: string) => `No faces of ${name} are stored. New faces are still compared with the saved looks.`,
    takeOut: "Take out",
    takenOut: (name: string) => `One face is no longer ${name}`,
    renamed: (from: string, to: string) => `${from} is now ${to}`,
    joined: (name: string) => `They are now one person: ${name}`,
    remove: (name: string) => `Delete ${name}`,
    removeHint: (name: string) => `Home Assistant forgets ${name} too.`,
    removeLegend: (n: number) => `What happens to the ${faces(n)}`,
    keep: "Keep the faces, without a name",
    keepHint: "They go back to Discover. You can undo this.",
    erase: "Erase the faces and their pictures",
    eraseHint: (n: number) => `${n === 1 ? "The one face" : `All ${number(n)}`}, for good. This cannot be undone.`,
    eraseTitle: (n: number, name: string) => `Erase ${faces(n)} of ${name} for good?`,
    eraseText: "The faces, their pictures and the name are deleted. This cannot be undone.",
    eraseYes: "Erase for good",
    removed: (name: string) => `${name} is deleted, the faces are back in Discover`,
    erased: (name: string) => `${name} is erased`,
    exportFirst: "Export first",
    export: "Export",
    gone: "This person is gone",
    goneHint: "Renamed, merged or deleted.",
    looksHint: (name: string, n: number) =>
      `Every group you named ${name} became one look: ${number(n)} so far. A new face is compared with all of them.`,
    hints: [
      [["←", "→"], "move"],
      [["X"], "take out"],
      [["R"], "rename"],
      [["Z"], "undo"],
    ] as readonly (readonly [readonly string[], string])[],
  },
};
