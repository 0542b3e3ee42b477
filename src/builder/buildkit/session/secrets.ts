import { readFileSync } from 'node:fs'
import { pathErrorText } from '../../../domain/errors.ts'
import type { Secret } from '../common/solve-request.ts'
import { GetSecretRequestSchema, GetSecretResponseSchema } from '../gen/moby/secrets_pb.ts'
import type { Methods } from '../grpc/server.ts'
import { GRPC_CODE, GrpcError } from '../grpc/status.ts'
import { createUnaryHandler } from './unary.ts'

/** BuildKit's limit for a secret, in bytes. */
const LARGEST = 500 * 1024

/** Serves the secrets of `--secret` when a step uses them. */
export function serveSecrets(byId: Readonly<Record<string, Secret>>): Methods {
  return {
    '/moby.buildkit.secrets.v1.Secrets/GetSecret': createUnaryHandler(
      GetSecretRequestSchema,
      GetSecretResponseSchema,
      ({ ID: id }) => {
        const secret = Object.hasOwn(byId, id) ? byId[id] : undefined
        if (!secret) throw new GrpcError(GRPC_CODE.notFound, 'not found')
        const data = secret.kind === 'file' ? readSecret(secret.path) : secret.data
        if (data.length > LARGEST) throw new Error(`invalid secret size ${data.length}`)
        return { data }
      },
    ),
  }
}

function readSecret(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new Error(pathErrorText('open', path, error))
  }
}
