import { realpathSync } from 'node:fs'
import { pathErrorText } from '../../../domain/errors.ts'
import { fromBytes, osPath } from '../../../domain/go/bytes.ts'
import { PathFilter } from '../../context/path-filter.ts'
import type { LocalDirectory } from '../common/solve-request.ts'
import { followPaths, withoutNested } from '../fsutil/follow-paths.ts'
import { sendFiles } from '../fsutil/sender.ts'
import { walkDirectory } from '../fsutil/walk-directory.ts'
import type { Methods, ServerCall } from '../grpc/server.ts'
import { GRPC_CODE, GrpcError } from '../grpc/status.ts'

/** Sends files of local directories that the daemon does not have yet. */
export function serveFileSync(directories: Readonly<Record<string, LocalDirectory>>): Methods {
  return {
    '/moby.filesync.v1.FileSync/DiffCopy': async (call) => {
      const [name = ''] = listOf(call, 'dir-name')
      const directory = Object.hasOwn(directories, name) ? directories[name] : undefined
      if (!directory) throw new GrpcError(GRPC_CODE.notFound, `no access allowed to dir ${JSON.stringify(name)}`)
      const root = rootOf(directory)
      await sendFiles(call, root, walkDirectory(root, filterOf(call, root)))
    },
  }
}

/** Resolves the path of a directory, from which the links within it are followed. */
function rootOf({ path }: LocalDirectory): string {
  try {
    return fromBytes(realpathSync.native(osPath(path), { encoding: 'buffer' }))
  } catch (error) {
    throw new Error(pathErrorText('lstat', path, error))
  }
}

function filterOf(call: ServerCall, root: string): PathFilter {
  const includes = listOf(call, 'include-patterns')
  const followed = listOf(call, 'followpaths')
  const targets = followed.length > 0 ? followPaths(root, followed) : undefined
  const included = targets ? (withoutNested([...includes, ...targets]) ?? []) : includes
  return new PathFilter(included, listOf(call, 'exclude-patterns'))
}

/** Returns the values of an option. Values that are not ASCII are encoded like URL queries. */
function listOf(call: ServerCall, name: string): readonly string[] {
  const values = call.metadata(name)
  const isEncoded = /^(?:1|t|true)$/i.test(call.metadata(`${name}-encoded`)[0] ?? '')
  return isEncoded ? values.map((value) => decodeURIComponent(value.replaceAll('+', ' '))) : values
}
