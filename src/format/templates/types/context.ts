/** The Go types of an inspected context in docker 28.2 (docker/cli context/store). */
export const CONTEXT_TYPES = `
struct store.Metadata
  Name string omitempty
  Metadata interface{} omitempty
  Endpoints map[string]interface{} omitempty
struct store.StorageInfo
  MetadataPath string
  TLSPath string
type store.EndpointFiles []string
struct context.contextWithTLSListing
  embed store.Metadata
  TLSMaterial map[string]store.EndpointFiles
  Storage store.StorageInfo
`
