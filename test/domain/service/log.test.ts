import { expect, test } from 'vitest'
import { parseServiceLogLine } from '../../../src/domain/service/log.ts'

test('parses the timestamp, the origin, the details and the message of a line', () => {
  const of = 'com.docker.swarm.node.id=n,com.docker.swarm.service.id=s,com.docker.swarm.task.id=t'
  const line = parseServiceLogLine(new TextEncoder().encode(`2024 b=c%2Cd,${of},a=x+y hello  there\n`), true)
  expect({ ...line, message: new TextDecoder().decode(line.message) }).toEqual({
    timestamp: '2024',
    origin: { nodeId: 'n', serviceId: 's', taskId: 't', details: ['a=x y', 'b=c,d'] },
    message: 'hello  there\n',
  })
})
