import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { messageOf } from '../../../domain/errors.ts'
import type { AgentSource } from '../common/solve-request.ts'
import { BytesMessageSchema, CheckAgentRequestSchema, CheckAgentResponseSchema } from '../gen/moby/ssh_pb.ts'
import type { Methods, ServerCall } from '../grpc/server.ts'
import { AgentRequests } from './agent-requests.ts'
import { createUnaryHandler } from './unary.ts'

const DEFAULT_ID = 'default'

/** Lets steps request the keys of an ssh agent and signatures, and nothing else. */
export function serveSsh(agents: Readonly<Record<string, AgentSource>>): Methods {
  return {
    '/moby.sshforward.v1.SSH/CheckAgent': createUnaryHandler(
      CheckAgentRequestSchema,
      CheckAgentResponseSchema,
      ({ ID: id }) => {
        agentOf(agents, id)
        return {}
      },
    ),
    '/moby.sshforward.v1.SSH/ForwardAgent': (call) => {
      const [id = ''] = call.metadata('buildkit.ssh.id')
      return forward(call, agentOf(agents, id))
    },
  }
}

function agentOf(agents: Readonly<Record<string, AgentSource>>, id: string): AgentSource {
  const name = id || DEFAULT_ID
  const agent = Object.hasOwn(agents, name) ? agents[name] : undefined
  if (!agent) throw new Error(`unset ssh forward key ${name}`)
  return agent
}

async function forward(call: ServerCall, { socketPath }: AgentSource): Promise<void> {
  const socket = await connectTo(socketPath)
  const abort = () => socket.destroy()
  call.signal.addEventListener('abort', abort)
  try {
    await Promise.race([copyRequests(call, socket), copyResponses(call, socket)])
  } finally {
    call.signal.removeEventListener('abort', abort)
    socket.destroy()
  }
}

async function connectTo(path: string): Promise<Socket> {
  const socket = connect(path)
  try {
    await once(socket, 'connect')
  } catch (error) {
    throw new Error(`failed to connect to ${path}: ${messageOf(error)}`)
  }
  socket.on('error', () => {})
  return socket
}

/** Copies the requests of a step to the agent. Refused requests get their response here. */
async function copyRequests(call: ServerCall, socket: Socket): Promise<void> {
  const requests = new AgentRequests()
  for await (const message of call.messages) {
    const { allowed, refusals } = requests.read(Buffer.from(fromBinary(BytesMessageSchema, message).data))
    if (refusals.length > 0) sendBytes(call, refusals)
    if (allowed.length > 0 && !socket.write(allowed)) await once(socket, 'drain')
  }
}

async function copyResponses(call: ServerCall, socket: Socket): Promise<void> {
  for await (const chunk of socket) {
    sendBytes(call, chunk)
    await call.room()
  }
}

function sendBytes(call: ServerCall, data: Uint8Array): void {
  call.send(Buffer.from(toBinary(BytesMessageSchema, create(BytesMessageSchema, { data }))))
}
