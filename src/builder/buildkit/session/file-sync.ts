import { realpathSync } from 'node:fs'
import { pathErrorText } from '../../../domain/errors.ts'
import { PathFilter } from '../../context/path-filter.ts'
import type { LocalDirectory } from '../common/solve-request.ts'
import { followPaths, withoutNested } from '../fsutil/follow-paths.ts'
import { sendFiles } from '../fsutil/sender.ts'
import { walkDirectory } from '../fsutil/walk-directory.ts'
import type { Methods, ServerCall } from '../grpc/server.ts'
import { GRPC_CODE, GrpcError } from '../grpc/status.ts'

/** Sends files of this machine's directories, each one only if the daemon does not have it yet. */
export function fileSync(directories: Readonly<Record<string, LocalDirectory>>): Methods {
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

/** The directory by its own path: links within it are followed from there. */
function rootOf({ path }: LocalDirectory): string {
  try {
    return realpathSync(path)
  } catch (error) {
    throw new Error(pathErrorText('lstat', path, error))
  }
}

function filterOf(call: ServerCall, root: string): PathFilter {
  const includes = listOf(call, 'include-patterns')
  const followed = listOf(call, 'followpaths')
  const targets = followed.length > 0 ? followPaths(root, followed) : undefined
  const wanted = targets ? (withoutNested([...includes, ...targets]) ?? []) : includes
  return new PathFilter(wanted, listOf(call, 'exclude-patterns'))
}

/** The values of an option; those that are not ASCII come in the encoding of queries. */
function listOf(call: ServerCall, name: string): readonly string[] {
  const values = call.metadata(name)
  const isEncoded = /^(?:1|t|true)$/i.test(call.metadata(`${name}-encoded`)[0] ?? '')
  return isEncoded ? values.map((value) => decodeURIComponent(value.replaceAll('+', ' '))) : values
}
