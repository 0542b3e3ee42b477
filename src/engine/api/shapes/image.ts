/** The shapes of responses about images and registries. */
import { ANY, BOOL, INT, INT64, LABELS, list, STRING, STRINGS, struct, UINT64 } from '../shape.ts'

const PLATFORM = struct('v1.Platform', () => ({
  architecture: STRING,
  os: STRING,
  'os.version': STRING,
  'os.features': STRINGS,
  variant: STRING,
}))

const MANIFEST = struct('image.ManifestSummary', () => ({
  ID: STRING,
  Kind: STRING,
  Available: BOOL,
  Size: struct('struct { Content int64; Total int64 }', () => ({ Content: INT64, Total: INT64 })),
  ImageData: struct('image.ImageProperties', () => ({ Platform: PLATFORM, Containers: STRINGS })),
}))

export const IMAGE_SUMMARY = struct('image.Summary', () => ({
  Containers: INT64,
  Created: INT64,
  Id: STRING,
  Labels: LABELS,
  ParentId: STRING,
  Manifests: list(MANIFEST),
  RepoDigests: STRINGS,
  RepoTags: STRINGS,
  SharedSize: INT64,
  Size: INT64,
}))

export const IMAGE_LAYER = struct('image.HistoryResponseItem', () => ({
  Comment: STRING,
  Created: INT64,
  CreatedBy: STRING,
  Id: STRING,
  Size: INT64,
  Tags: STRINGS,
}))

export const SEARCH_RESULT = struct('registry.SearchResult', () => ({
  star_count: INT,
  is_official: BOOL,
  name: STRING,
  is_automated: BOOL,
  description: STRING,
}))

export const IMAGE_DELETION = struct('image.DeleteResponse', () => ({ Deleted: STRING, Untagged: STRING }))

export const PRUNED_IMAGES = struct('image.PruneReport', () => ({
  ImagesDeleted: list(IMAGE_DELETION),
  SpaceReclaimed: UINT64,
}))

/** A message of a pull, push, build or import. `aux` is for programs. */
export const JSON_MESSAGE = struct('jsonmessage.JSONMessage', () => ({
  stream: STRING,
  status: STRING,
  progressDetail: struct('jsonmessage.JSONProgress', () => ({
    current: INT64,
    total: INT64,
    start: INT64,
    hidecounts: BOOL,
    units: STRING,
  })),
  progress: STRING,
  id: STRING,
  from: STRING,
  errorDetail: struct('jsonmessage.JSONError', () => ({ code: INT, message: STRING })),
  error: STRING,
  aux: ANY,
}))

export const AUTH_RESPONSE = struct('registry.AuthenticateOKBody', () => ({ IdentityToken: STRING, Status: STRING }))
