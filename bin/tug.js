#!/usr/bin/env -S node --
// Without the `--`, Node would take `--env-file` for its own, also behind our name.
import module from 'node:module'

if (module.enableCompileCache === undefined) {
  process.stderr.write(`tug needs Node 22.22.2 or later, and this is Node ${process.versions.node}.\n`)
  process.exit(1)
}
module.enableCompileCache()
await import('../dist/main.js')
