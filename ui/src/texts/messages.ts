// Written by `npm run texts` from languages/en.json.
/** The panel's texts: plain ones, and functions of what they name. */
export interface Messages {
  readonly when: {
    readonly now: string;
    readonly today: string;
    readonly yesterday: string;
    readonly tomorrow: string;
    readonly minutesAgo: (values: { readonly minutes: number }) => string;
    readonly at: (values: { readonly day: string; readonly time: string }) => string;
    readonly named: (values: { readonly day: string; readonly full: string }) => string;
  };
  readonly count: {
    readonly photos: (values: { readonly n: number }) => string;
    readonly visits: (values: { readonly n: number }) => string;
    readonly cameras: (values: { readonly n: number }) => string;
  };
  readonly select: {
    readonly button: string;
    readonly stop: string;
    readonly selected: (values: { readonly n: number }) => string;
  };
  readonly ruler: {
    readonly clearly: (values: { readonly who: string }) => string;
    readonly probably: (values: { readonly who: string }) => string;
    readonly barely: (values: { readonly who: string }) => string;
    readonly between: (values: { readonly next: string; readonly who: string }) => string;
    readonly perhaps: (values: { readonly who: string }) => string;
    readonly nobody: string;
    readonly same: string;
    readonly different: string;
    readonly gate: string;
    readonly sentence: (values: {
      readonly distance: string;
      readonly say: string;
      readonly threshold: string;
      readonly who: string;
    }) => string;
    readonly sentenceNext: (values: {
      readonly distance: string;
      readonly next: string;
      readonly say: string;
      readonly second: string;
      readonly threshold: string;
      readonly who: string;
    }) => string;
  };
  readonly choosePerson: {
    readonly findOrNew: string;
    readonly find: string;
    readonly newName: string;
    readonly people: string;
    readonly newPerson: string;
    readonly newPersonNamed: (values: { readonly name: string }) => string;
    readonly none: string;
  };
  readonly lightbox: {
    readonly nth: (values: { readonly n: number; readonly of: number }) => string;
    readonly strip: string;
    readonly before: string;
    readonly after: string;
    readonly zoomIn: string;
    readonly save: string;
    readonly unknown: string;
    readonly perhaps: (values: { readonly name: string }) => string;
    readonly noFrame: string;
    readonly frameOf: (values: { readonly camera: string; readonly time: string }) => string;
  };
  readonly review: {
    readonly title: string;
    readonly at: (values: { readonly at: number; readonly of: number }) => string;
    readonly asked: (values: { readonly at: number; readonly of: number; readonly who: string }) => string;
    readonly done: string;
    readonly close: string;
    readonly progress: string;
    readonly undo: string;
    readonly undoYes: (values: { readonly who: string }) => string;
    readonly undoNo: (values: { readonly who: string }) => string;
    readonly undoUnsure: (values: { readonly who: string }) => string;
    readonly undoSure: (values: { readonly n: number }) => string;
    readonly sure: string;
    readonly sureTitle: (values: { readonly n: number }) => string;
    readonly accept: (values: { readonly n: number }) => string;
    readonly look: string;
    readonly sureHint: string;
    readonly surePair: (values: { readonly n: number; readonly who: string }) => string;
    readonly unknown: string;
    readonly seen: (values: { readonly at: string; readonly camera: string }) => string;
    readonly photoOf: (values: { readonly at: number; readonly of: number; readonly who: string }) => string;
    readonly yesDoes: (values: { readonly n: number; readonly who: string; readonly yes: string }) => string;
    readonly yes: string;
    readonly no: string;
    readonly unsure: string;
    readonly answer: string;
    readonly refused: (values: { readonly reason: string }) => string;
    readonly doneTitle: (values: { readonly n: number }) => string;
    readonly doneNamed: (values: { readonly n: number; readonly people: string }) => string;
    readonly donePerson: (values: { readonly n: number; readonly who: string }) => string;
    readonly doneUnknown: (values: { readonly n: number }) => string;
    readonly doneUnsure: (values: { readonly n: number }) => string;
    readonly back: string;
    readonly changes: string;
    readonly noneTitle: string;
    readonly noneHint: string;
    readonly acceptTicked: string;
  };
  readonly history: {
    readonly title: (values: { readonly n: number }) => string;
    readonly titleMore: (values: { readonly n: number }) => string;
    readonly about: string;
    readonly views: string;
    readonly visits: string;
    readonly changes: string;
    readonly show: string;
    readonly all: string;
    readonly byHand: string;
    readonly automatic: string;
    readonly none: string;
    readonly noneHint: string;
    readonly noneOf: string;
    readonly cannot: (values: { readonly why: string }) => string;
    readonly cannotRedo: (values: { readonly why: string }) => string;
    readonly by: (values: { readonly time: string; readonly who: string }) => string;
    readonly undoneAt: (values: { readonly when: string }) => string;
    readonly undoOf: (values: { readonly what: string }) => string;
    readonly redoOf: (values: { readonly what: string }) => string;
    readonly photosOf: (values: { readonly what: string }) => string;
    readonly via: {
      readonly panel: string;
      readonly http: string;
      readonly mqtt: string;
      readonly homeassistant: string;
      readonly registry_file: string;
      readonly schedule: string;
      readonly cli: string;
      readonly unknown: string;
    };
    readonly sentence: {
      readonly assign: (values: { readonly n: number; readonly who: string }) => string;
      readonly stranger: (values: { readonly n: number; readonly number: string; readonly who: string }) => string;
      readonly claim: (values: { readonly n: number; readonly who: string }) => string;
      readonly unassign: (values: { readonly n: number; readonly who: string }) => string;
      readonly rename: (values: { readonly from: string; readonly to: string }) => string;
      readonly merge: (values: { readonly from: string; readonly to: string }) => string;
      readonly delete: (values: { readonly n: number; readonly who: string }) => string;
      readonly erase: (values: { readonly n: number }) => string;
      readonly ignore: (values: { readonly n: number }) => string;
      readonly unignore: (values: { readonly n: number }) => string;
      readonly split: (values: { readonly n: number }) => string;
      readonly reject: (values: { readonly n: number; readonly who: string }) => string;
      readonly is: (values: { readonly camera: string; readonly who: string }) => string;
      readonly isNot: (values: { readonly camera: string; readonly who: string }) => string;
      readonly visitIgnored: (values: { readonly camera: string }) => string;
      readonly join: (values: { readonly n: number }) => string;
      readonly apart: string;
      readonly keepTogether: (values: { readonly n: number }) => string;
      readonly portrait: (values: { readonly who: string }) => string;
      readonly move: (values: { readonly n: number; readonly who: string }) => string;
    };
    readonly undone: {
      readonly assign: (values: { readonly n: number; readonly who: string }) => string;
      readonly unassign: (values: { readonly n: number; readonly who: string }) => string;
      readonly rename: (values: { readonly from: string; readonly to: string }) => string;
      readonly merge: (values: { readonly from: string; readonly to: string }) => string;
      readonly delete: (values: { readonly n: number; readonly who: string }) => string;
      readonly ignore: (values: { readonly n: number }) => string;
      readonly unignore: (values: { readonly n: number }) => string;
      readonly split: (values: { readonly n: number }) => string;
      readonly reject: (values: { readonly n: number; readonly who: string }) => string;
      readonly is: (values: { readonly camera: string }) => string;
      readonly other: (values: { readonly what: string }) => string;
    };
    readonly redone: (values: { readonly what: string }) => string;
    readonly first: (values: { readonly what: string }) => string;
  };
  readonly activity: {
    readonly title: string;
    readonly today: (values: { readonly n: number }) => string;
    readonly todayMore: (values: { readonly n: number }) => string;
    readonly onDay: (values: { readonly day: string; readonly n: number }) => string;
    readonly onDayMore: (values: { readonly day: string; readonly n: number }) => string;
    readonly summary: (values: {
      readonly known: number;
      readonly strangers: number;
      readonly unclear: number;
    }) => string;
    readonly tabs: {
      readonly label: string;
      readonly visits: string;
      readonly changes: string;
    };
    readonly now: {
      readonly label: string;
      readonly nobody: string;
      readonly last: (values: { readonly where: string; readonly who: string }) => string;
      readonly fresh: (values: { readonly n: number }) => string;
      readonly freshLabel: (values: { readonly n: number }) => string;
      readonly heard: (values: { readonly camera: string; readonly who: string }) => string;
    };
    readonly filter: {
      readonly label: string;
      readonly all: string;
      readonly recognized: string;
      readonly unknown: string;
      readonly ambiguous: string;
      readonly unclear: (values: { readonly n: number }) => string;
      readonly cameras: string;
      readonly camera: string;
      readonly everyone: string;
      readonly whose: string;
      readonly person: (values: { readonly name: string }) => string;
      readonly days: string;
      readonly day: string;
    };
    readonly row: {
      readonly photos: (values: { readonly camera: string; readonly n: number }) => string;
      readonly photosSoFar: (values: { readonly camera: string; readonly n: number }) => string;
      readonly stranger: string;
      readonly strangerNo: (values: { readonly n: number }) => string;
      readonly firstVisit: (values: { readonly about: string }) => string;
      readonly visits: (values: { readonly camera: string; readonly since: string; readonly visits: number }) => string;
      readonly visitsAtCameras: (values: {
        readonly camera: string;
        readonly cameras: number;
        readonly since: string;
        readonly visits: number;
      }) => string;
      readonly visitsBadge: (values: { readonly n: number }) => string;
      readonly unclear: string;
      readonly between: (values: { readonly one: string; readonly other: string }) => string;
      readonly noName: (values: { readonly about: string }) => string;
      readonly corrected: (values: { readonly about: string }) => string;
      readonly not: (values: { readonly about: string; readonly name: string }) => string;
      readonly ignored: (values: { readonly about: string }) => string;
      readonly photo: (values: { readonly who: string }) => string;
      readonly allPhotos: string;
      readonly action: (values: { readonly action: string; readonly time: string; readonly who: string }) => string;
    };
    readonly wrong: string;
    readonly itIs: string;
    readonly name: string;
    readonly ignore: string;
    readonly someoneElse: string;
    readonly who: {
      readonly title: string;
      readonly about: (values: { readonly camera: string; readonly n: number; readonly time: string }) => string;
    };
    readonly done: {
      readonly wrong: (values: { readonly n: number; readonly name: string }) => string;
      readonly is: (values: { readonly n: number; readonly name: string }) => string;
      readonly ignored: (values: { readonly n: number }) => string;
      readonly otherIs: (values: { readonly camera: string; readonly name: string; readonly time: string }) => string;
      readonly otherNot: (values: { readonly camera: string; readonly name: string; readonly time: string }) => string;
      readonly otherIgnored: (values: { readonly camera: string; readonly time: string }) => string;
    };
    readonly why: {
      readonly nobodyKnown: string;
      readonly seen: string;
      readonly nearest: string;
      readonly near: (values: { readonly distance: string; readonly name: string }) => string;
      readonly size: (values: { readonly px: number }) => string;
      readonly sizeSmall: (values: { readonly px: number }) => string;
      readonly sizeUnknown: string;
      readonly open: (values: { readonly name: string }) => string;
      readonly group: string;
    };
    readonly empty: {
      readonly nobody: string;
      readonly nobodyHint: string;
      readonly none: string;
      readonly noneHint: string;
      readonly all: string;
      readonly unreachable: string;
      readonly unknown: string;
    };
    readonly keys: {
      readonly move: string;
      readonly why: string;
      readonly filter: string;
    };
  };
  readonly nameField: {
    readonly suggestions: string;
    readonly adds: (values: { readonly n: number }) => string;
    readonly newPerson: (values: { readonly name: string }) => string;
    readonly notListed: string;
    readonly assign: string;
    readonly assignN: (values: { readonly n: number }) => string;
  };
  readonly start: {
    readonly waiting: string;
    readonly waitingHint: string;
    readonly first: string;
    readonly firstHint: (values: { readonly n: number }) => string;
    readonly brokerConnected: string;
    readonly brokerAway: string;
    readonly noFace: string;
    readonly facesArrive: string;
    readonly ways: string;
    readonly waysHint: string;
    readonly more: string;
    readonly copied: string;
    readonly notCopied: string;
    readonly copyBroker: string;
    readonly copyTopic: string;
    readonly copyMessage: string;
    readonly copyCommand: string;
    readonly copyConfig: string;
    readonly frigate: {
      readonly tab: string;
      readonly title: string;
      readonly hint: string;
      readonly broker: string;
      readonly address: string;
      readonly walk: string;
      readonly walkHint: string;
    };
    readonly pictures: {
      readonly tab: string;
      readonly title: string;
      readonly hint: string;
      readonly turnOn: string;
      readonly post: string;
      readonly publish: string;
    };
    readonly encodings: {
      readonly tab: string;
      readonly title: string;
      readonly hint: (values: { readonly n: number }) => string;
      readonly broker: string;
      readonly topic: string;
      readonly message: string;
      readonly try: string;
      readonly onlyHere: string;
    };
    readonly test: {
      readonly send: string;
      readonly published: string;
      readonly compared: string;
      readonly stored: string;
      readonly announced: string;
      readonly ms: (values: { readonly ms: number }) => string;
      readonly running: string;
      readonly done: string;
      readonly failed: (values: { readonly why: string }) => string;
    };
    readonly next: {
      readonly title: string;
      readonly groups: string;
      readonly groupsHint: string;
      readonly name: string;
      readonly nameHint: string;
      readonly home: string;
      readonly homeHint: string;
    };
    readonly demo: {
      readonly see: string;
      readonly title: string;
      readonly hint: string;
    };
    readonly apiDocs: string;
    readonly status: string;
  };
}
