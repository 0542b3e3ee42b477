/** The Go types of an event in docker 28.2 (moby api/types/events). */
export const EVENT_TYPES = `
type events.Type string
type events.Action string
struct events.Actor
  ID string
  Attributes map[string]string
struct events.Message
  Status string status omitempty
  ID string id omitempty
  From string from omitempty
  Type events.Type
  Action events.Action
  Actor events.Actor
  Scope string scope omitempty
  Time int64 time omitempty
  TimeNano int64 timeNano omitempty
`
