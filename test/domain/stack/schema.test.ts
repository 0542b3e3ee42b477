import { expect, test } from 'vitest'
import { validateCompose } from '../../../src/domain/stack/validate.ts'
import { parseYaml } from '../../../src/domain/stack/yaml-parser.ts'

/** Properties with the first minor version of format 3 that has them (docker 28.2.2, `stack config`). */
const INTRODUCED: readonly (readonly [number, string])[] = [
  [1, 'secrets: {}'],
  [1, 'services: {a: {secrets: []}}'],
  [2, 'services: {a: {deploy: {endpoint_mode: vip}}}'],
  [2, 'services: {a: {build: {cache_from: []}}}'],
  [2, 'services: {a: {ports: [{target: 80}]}}'],
  [2, 'networks: {a: {attachable: true}}'],
  [3, 'configs: {}'],
  [3, 'services: {a: {credential_spec: {file: x}}}'],
  [3, 'services: {a: {deploy: {placement: {preferences: []}}}}'],
  [4, 'x-a: 1'],
  [4, 'services: {a: {healthcheck: {start_period: 1s}}}'],
  [4, 'services: {a: {deploy: {update_config: {order: start-first}}}}'],
  [4, 'volumes: {a: {name: b}}'],
  [5, 'networks: {a: {name: b}}'],
  [5, 'services: {a: {isolation: default}}'],
  [5, 'services: {a: {deploy: {resources: {reservations: {generic_resources: []}}}}}'],
  [6, 'services: {a: {volumes: [{type: tmpfs, tmpfs: {}}]}}'],
  [7, 'services: {a: {init: true}}'],
  [7, 'services: {a: {x-b: 1}}'],
  [7, 'services: {a: {deploy: {rollback_config: {}}}}'],
  [8, 'secrets: {a: {template_driver: golang}}'],
  [8, 'secrets: {a: {driver: x}}'],
  [8, 'services: {a: {deploy: {placement: {max_replicas_per_node: 1}}}}'],
  [8, 'services: {a: {credential_spec: {config: x}}}'],
  [9, 'services: {a: {cgroupns_mode: host}}'],
  [9, 'services: {a: {deploy: {resources: {limits: {pids: 1}}}}}'],
  [11, 'services: {a: {build: {other: 1}}}'],
  [12, 'services: {a: {healthcheck: {start_interval: 1s}}}'],
  [13, 'services: {a: {oom_score_adj: 1}}'],
  [13, 'services: {a: {networks: {b: {driver_opts: {}}}}}'],
]

test.each(INTRODUCED)('version 3.%i introduces %s', (first, text) => {
  const accepts = (minor: number) => {
    const file = parseYaml(`version: "3.${minor}"\n${text}\n`)
    if (!(file instanceof Map)) return false
    try {
      validateCompose(file, `3.${minor}`)
      return true
    } catch {
      return false
    }
  }
  const accepted = Array.from({ length: 14 }, (_, minor) => minor).filter(accepts)
  expect(accepted).toEqual(Array.from({ length: 14 - first }, (_, offset) => first + offset))
})
