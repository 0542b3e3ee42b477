/** Matches stack traces and sentences of the JavaScript runtimes, which no message may contain. */
export const RUNTIME_SENTENCE =
  /\n\s+at |node:internal|\/\$bunfs|bun\.sh|Unhandled|\bundefined\b|\[object |(Type|Range|Syntax|Reference)Error|is not (a function|iterable|an object|a constructor)|is not a valid|Cannot (read|destructure|convert)|Maximum call stack|Invalid (array|string|typed array) length|JSON Parse|Unexpected token|unsettled top-level|fetching "|ERR_|\bE[A-Z]{4,}: |[Oo]ut of memory|panic/
