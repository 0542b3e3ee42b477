#!/usr/bin/env -S node --
// Without the `--`, Node would take `--env-file` for its own, also behind our name.
import { enableCompileCache } from 'node:module'

enableCompileCache()
await import('../dist/main.js')
