import type { Store } from "../../store/port.ts";

export type {
  ClusterAsPerson,
  ClusterOutline,
  ClusterSort,
  SeenFilter,
  ShownCluster,
} from "../../store/port/clusters.ts";
export type { CollectedFaces, FaceEncodings, FaceFilter, PersonFaceFilter } from "../../store/port/faces.ts";
export type { ClusterToAssign, GalleryContents } from "../../store/port/people.ts";
export type { VisitFilter } from "../../store/port/visits.ts";

/** The reading half of the store: operations change nothing but through the flows. */
export type StoreReads = Pick<
  Store,
  | "cameraStates"
  | "changes"
  | "cluster"
  | "clusterEncodings"
  | "clusterMembers"
  | "clusterOutlines"
  | "clusters"
  | "clustersSeen"
  | "collectUnassigned"
  | "countRecognized"
  | "counts"
  | "encodingOf"
  | "encodings"
  | "encodingsOf"
  | "face"
  | "faces"
  | "facesByHour"
  | "facesById"
  | "facesOfPerson"
  | "gallery"
  | "groupings"
  | "looksOfFaces"
  | "people"
  | "person"
  | "quartersOfPerson"
  | "strangers"
  | "thumbnail"
  | "unsure"
  | "visit"
  | "visits"
>;
