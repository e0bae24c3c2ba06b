import type { Cluster, Discovery } from "../../domain/cluster.ts";
import { round4, toScored } from "../../domain/encoding.ts";
import type { Face, Match } from "../../domain/face.ts";
import type { PersonSummary } from "../../domain/person.ts";
import type { Candidate, RecognitionEvent } from "../../domain/recognition.ts";
import type { Rejection } from "../../domain/rejection.ts";
import type {
  CandidateJson,
  ClusterJson,
  DiscoveryJson,
  FaceJson,
  PersonJson,
  RecognitionEventJson,
  RepresentativeJson,
  SimilarFaceJson,
} from "./schemas.ts";

/** ISO 8601, UTC; null stays null. */
export const toTime = (date: Date | null): string | null => (date ? date.toISOString() : null);

/** Where a face's thumbnail is served, relative to the server's root. */
export const thumbnailUrl = (faceId: number): string => `api/faces/${faceId}/thumbnail`;

export function toCandidateJson(candidate: Candidate): CandidateJson {
  return {
    person: candidate.person,
    person_id: candidate.personId,
    score: candidate.score,
    distance: candidate.distance,
  };
}

function toMatchedJson(match: Match): CandidateJson {
  return { person: match.person, person_id: match.personId, ...toScored(match.distance) };
}

export function toFaceJson(face: Face): FaceJson {
  return {
    face_id: face.id,
    uid: face.uid,
    camera: face.camera,
    timestamp: face.capturedAt.toISOString(),
    source: face.source,
    box: face.box ? { ...face.box } : null,
    detection_score: face.detectionScore,
    state: face.state,
    person: face.person,
    person_id: face.personId,
    matched: face.matched ? toMatchedJson(face.matched) : null,
    cluster: face.cluster,
    thumbnail: face.hasThumbnail ? thumbnailUrl(face.id) : null,
  };
}

/** `rawDistance` is rounded to 4 places. */
export function toSimilarFaceJson(face: Face, rawDistance: number): SimilarFaceJson {
  return { ...toFaceJson(face), distance: round4(rawDistance) };
}

function toRepresentativeJson(face: Face): RepresentativeJson {
  return {
    face_id: face.id,
    thumbnail: face.hasThumbnail ? thumbnailUrl(face.id) : null,
    source: face.source,
    camera: face.camera,
    timestamp: face.capturedAt.toISOString(),
    box: face.box ? { ...face.box } : null,
  };
}

export function toClusterJson(cluster: Cluster, suggestion: Candidate | null): ClusterJson {
  return {
    id: cluster.id,
    version: cluster.version,
    size: cluster.size,
    cameras: [...cluster.cameras],
    first_seen: cluster.firstSeen.toISOString(),
    last_seen: cluster.lastSeen.toISOString(),
    representatives: cluster.representatives.map(toRepresentativeJson),
    suggestion: suggestion ? toCandidateJson(suggestion) : null,
  };
}

export function toDiscoveryJson(discovery: Discovery): DiscoveryJson {
  return {
    state: discovery.state,
    id: discovery.id,
    progress: round4(discovery.progress),
    faces: discovery.faces,
    clusters: discovery.clusters,
    started_at: toTime(discovery.startedAt),
    finished_at: toTime(discovery.finishedAt),
    error: discovery.error,
  };
}

export function toPersonJson(person: PersonSummary): PersonJson {
  return {
    name: person.name,
    person_id: person.personId,
    encodings: person.encodings,
    faces: person.faces,
    first_seen: toTime(person.firstSeen),
    last_seen: toTime(person.lastSeen),
    last_camera: person.lastCamera,
    thumbnail: person.thumbnailFace === null ? null : thumbnailUrl(person.thumbnailFace),
  };
}

export function toEventJson(event: RecognitionEvent): RecognitionEventJson {
  return {
    event_type: event.type,
    event_id: event.eventId,
    face_id: event.faceId,
    person: event.who?.person ?? null,
    person_id: event.who?.personId ?? null,
    score: event.who?.score ?? null,
    distance: event.who?.distance ?? null,
    threshold: event.threshold,
    camera: event.camera,
    timestamp: event.timestamp.toISOString(),
    source: event.source,
    box: event.box ? { ...event.box } : null,
    source_event_id: event.sourceEventId,
    candidates: event.candidates.map(toCandidateJson),
    ...(event.delayed ? { delayed: true as const } : {}),
  };
}

export function toRejectionJson(rejection: Rejection): { topic: string; code: string; reason: string; at: string } {
  return { topic: rejection.topic, code: rejection.code, reason: rejection.reason, at: rejection.at.toISOString() };
}
