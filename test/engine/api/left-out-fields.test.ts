import { describe, expect, it } from 'vitest'
import { completeEvents, completeObject, flattenUsage } from '../../../src/engine/api/left-out-fields.ts'

// What docker 28 prints from these responses is compared in test/parity/engine-29.test.ts.

describe('completeObject', () => {
  it.each([
    ['{}', '{}'],
    ['{"NetworkSettings":null,"Config":null}', '{"NetworkSettings":null,"Config":null}'],
    ['{"Config":{"Labels":{}}}', '{"Config":{"OnBuild":null,"Labels":{}}}'],
    ['{"Config":{"A":1}}', '{"Config":{"A":1,"OnBuild":null}}'],
    ['{"Config":{"OnBuild":["RUN a"]}}', '{"Config":{"OnBuild":["RUN a"]}}'],
    ['{"Storage":{"RootFS":null}}', '{"Storage":{"RootFS":null}}'],
    [
      '{"Storage":{"RootFS":{"Snapshot":{"Name":"x"}}},"GraphDriver":{"Name":"y"}}',
      '{"Storage":{"RootFS":{"Snapshot":{"Name":"x"}}},"GraphDriver":{"Name":"y"}}',
    ],
  ])('leaves what it does not know in the container %s', (json, complete) => {
    expect(completeObject('container', json)).toBe(complete)
  })

  it('keeps fields of the network settings that the engine sends, and takes others from the network bridge only', () => {
    const networks = '{"bridge":{"IPAddress":"1.2.3.4","Gateway":"1.2.3.1"},"shop":{"MacAddress":"02:42"}}'
    const json = `{"NetworkSettings":{"Gateway":"9.9.9.9","Networks":${networks},"New":1}}`
    expect(JSON.parse(completeObject('container', json)).NetworkSettings).toMatchObject({
      ...{ IPAddress: '1.2.3.4', Gateway: '9.9.9.9', MacAddress: '', IPPrefixLen: 0, New: 1 },
      ...{ Bridge: '', HairpinMode: false, SecondaryIPAddresses: null, Ports: {} },
    })
  })

  it('does not change the text of other values', () => {
    const json = '{"Args":["a \\u0026 b","<c>"],"HostConfig":{"Memory":9007199254740993,"Cpu":1.0}}'
    expect(completeObject('container', json)).toBe(json)
  })

  it('gives an image without config an empty one', () => {
    expect(JSON.parse(completeObject('image', '{"Id":"i","Config":null}'))).toEqual({
      ...{ Id: 'i', Parent: '', Comment: '', DockerVersion: '', Author: '' },
      Config: {
        ...{ Cmd: null, Entrypoint: null, Env: null, Labels: null, OnBuild: null },
        ...{ User: '', Volumes: null, WorkingDir: '' },
      },
    })
  })
})

it.each([
  ['{"Type":"container"}', '{"status":"","id":"","from":"","Type":"container"}'],
  [
    '{"Type":"image","Action":"tag","Actor":null}',
    '{"status":"tag","id":"","Type":"image","Action":"tag","Actor":null}',
  ],
  [
    '{"Type":"container","status":"own","Actor":{"ID":"c"}}',
    '{"status":"own","id":"c","from":"","Type":"container","Actor":{"ID":"c"}}',
  ],
  ['{"Type":"volume","Action":"create"}', '{"Type":"volume","Action":"create"}'],
  ['{}', '{}'],
])('completeEvents completes %s', async (event, complete) => {
  async function* events() {
    yield [event]
  }
  expect(await Array.fromAsync(completeEvents(events()))).toEqual([[complete]])
})

it('flattenUsage takes absent kinds as empty', () => {
  const empty = { LayersSize: 0, Images: [], Containers: [], Volumes: [], BuildCache: [] }
  expect(flattenUsage({})).toEqual(empty)
  expect(flattenUsage({ ImageUsage: null, BuildCacheUsage: { Items: null } })).toEqual(empty)
})
