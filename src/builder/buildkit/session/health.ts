import { HealthCheckRequestSchema, HealthCheckResponseSchema } from '../gen/grpc/health_pb.ts'
import type { Methods } from '../grpc/server.ts'
import { createUnaryHandler } from './unary.ts'

const SERVING = 1

/** Serves health checks. The daemon closes a session that does not respond to them. */
export function serveHealth(): Methods {
  return {
    '/grpc.health.v1.Health/Check': createUnaryHandler(HealthCheckRequestSchema, HealthCheckResponseSchema, () => ({
      status: SERVING,
    })),
  }
}
