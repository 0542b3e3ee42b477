import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseNanoCpus } from '../../src/domain/container/cpus.ts'
import {
  parseDevice,
  parseDeviceOperationRate,
  parseDeviceWeight,
  parseGpuRequest,
} from '../../src/domain/container/device.ts'
import { lastOfEach, parseEnvFile, resolveVariable } from '../../src/domain/container/env.ts'
import { parseRestartPolicy } from '../../src/domain/container/restart-policy.ts'
import { normalizeCapabilities, parseSecurityOption } from '../../src/domain/container/security.ts'
import { parseUlimit } from '../../src/domain/container/ulimit.ts'
import { addFilter, type Filters } from '../../src/domain/filter.ts'
import { cleanPath } from '../../src/domain/go/path.ts'
import { keyValueMap, splitKeyValue } from '../../src/domain/key-value.ts'
import { isMacAddress } from '../../src/domain/network/address.ts'
import { parseNetworkAttachment } from '../../src/domain/network/attachment.ts'
import { parseExtraHost } from '../../src/domain/network/name-service.ts'
import { parseVolumeSpec, resolveBind } from '../../src/domain/volume/spec.ts'

const lower = (max: number) => fc.string({ unit: fc.constantFrom(...'abcxyz019'), minLength: 1, maxLength: max })
const path = fc.array(lower(6), { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join('/')}`)
const line = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((value) => !/[\r\n\0]/.test(value))
const variableName = fc.string({ unit: fc.constantFrom(...'ABC_xyz19.-'), minLength: 1, maxLength: 8 })

describe('what is written comes back', () => {
  test('--cpus, to the billionth', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 9 }), (amount, digits) => {
        const scale = 10 ** digits
        const typed = `${Math.floor(amount / scale)}.${String(amount % scale).padStart(digits, '0')}`
        expect(parseNanoCpus(typed)).toBe(amount * 10 ** (9 - digits))
        expect(parseNanoCpus(`${amount}/${scale}`)).toBe(amount * 10 ** (9 - digits))
        expect(parseNanoCpus(`${amount}e-${digits}`)).toBe(amount * 10 ** (9 - digits))
      }),
    )
  })

  test('--device', () => {
    const mode = fc.shuffledSubarray(['r', 'w', 'm'], { minLength: 1 }).map((letters) => letters.join(''))
    fc.assert(
      fc.property(path, path, mode, (onHost, inside, permissions) => {
        const whole = { PathOnHost: onHost, PathInContainer: inside, CgroupPermissions: permissions }
        expect(parseDevice(`${onHost}:${inside}:${permissions}`)).toEqual({ mapping: whole })
        expect(parseDevice(`${onHost}:${permissions}`)).toEqual({ mapping: { ...whole, PathInContainer: onHost } })
        expect(parseDevice(onHost)).toEqual({
          mapping: { PathOnHost: onHost, PathInContainer: onHost, CgroupPermissions: 'rwm' },
        })
      }),
    )
  })

  test('--blkio-weight-device and --device-read-iops', () => {
    fc.assert(
      fc.property(lower(5), fc.integer({ min: -5, max: 1100 }), (name, amount) => {
        const typed = `/dev/${name}:${amount}`
        const isWeight = amount === 0 || (amount >= 10 && amount <= 1000)
        if (isWeight) expect(parseDeviceWeight(typed)).toEqual({ Path: `/dev/${name}`, Weight: amount })
        else expect(() => parseDeviceWeight(typed)).toThrow(`invalid weight for device: ${typed}`)
        if (amount >= 0) expect(parseDeviceOperationRate(typed)).toEqual({ Path: `/dev/${name}`, Rate: amount })
        else expect(() => parseDeviceOperationRate(typed)).toThrow('invalid rate for device')
      }),
    )
  })

  test('--ulimit: the soft limit is at most the hard one', () => {
    const limit = fc.oneof(fc.constant(-1), fc.nat())
    fc.assert(
      fc.property(limit, limit, (soft, hard) => {
        const fits = hard === -1 || (soft !== -1 && soft <= hard)
        if (fits) expect(parseUlimit(`nofile=${soft}:${hard}`)).toEqual({ Name: 'nofile', Hard: hard, Soft: soft })
        else expect(() => parseUlimit(`nofile=${soft}:${hard}`)).toThrow('must be less than or equal to hard limit')
        expect(parseUlimit(`core=${soft}`)).toEqual({ Name: 'core', Hard: soft, Soft: soft })
      }),
    )
  })

  test('--restart', () => {
    fc.assert(
      fc.property(lower(12), fc.nat(), (name, count) => {
        expect(parseRestartPolicy(name)).toEqual({ Name: name, MaximumRetryCount: 0 })
        expect(parseRestartPolicy(`${name}:${count}`)).toEqual({ Name: name, MaximumRetryCount: count })
      }),
    )
  })

  test('--network, the long form', () => {
    fc.assert(
      fc.property(lower(8), fc.array(lower(8), { maxLength: 3 }), fc.integer(), (name, aliases, priority) => {
        const typed = [`name=${name}`, ...aliases.map((alias) => `alias=${alias}`), `gw-priority=${priority}`].join(',')
        const read = parseNetworkAttachment(typed)
        expect(read).toMatchObject({ target: name, aliases, gatewayPriority: priority })
      }),
    )
  })

  test('--gpus', () => {
    fc.assert(
      fc.property(fc.nat(64), fc.array(lower(4), { minLength: 1, maxLength: 3 }), (count, ids) => {
        expect(parseGpuRequest(String(count)).Count).toBe(count)
        expect(parseGpuRequest(`"device=${ids.join(',')}"`)).toMatchObject({ Count: 0, DeviceIDs: ids })
      }),
    )
  })

  test('--mac-address: pairs and fours', () => {
    const bytes = fc.constantFrom(6, 8, 20).chain((size) => fc.uint8Array({ minLength: size, maxLength: size }))
    fc.assert(
      fc.property(bytes, fc.constantFrom(':', '-'), (address, mark) => {
        const hex = Buffer.from(address).toString('hex')
        const pairs = (hex.match(/../g) ?? []).join(mark)
        expect(isMacAddress(pairs)).toBe(true)
        expect(isMacAddress((hex.match(/..../g) ?? []).join('.'))).toBe(true)
        expect(isMacAddress(`${pairs}${mark}0`)).toBe(false)
        expect(isMacAddress(pairs.slice(0, -1))).toBe(false)
      }),
    )
  })

  test('--add-host', () => {
    fc.assert(
      fc.property(lower(10), fc.ipV4(), fc.ipV6(), (name, four, six) => {
        expect(parseExtraHost(`${name}:${four}`)).toBe(`${name}:${four}`)
        expect(parseExtraHost(`${name}=${four}`)).toBe(`${name}:${four}`)
        expect(parseExtraHost(`${name}=${six}`)).toBe(parseExtraHost(`${name}:[${six}]`))
      }),
    )
  })

  test('--security-opt: a key, and the rest as its value', () => {
    fc.assert(
      fc.property(
        lower(8),
        fc.constantFrom('=', ':'),
        line.filter((value) => value !== ''),
        (key, mark, value) => {
          expect(parseSecurityOption(`${key}${mark}${value}`)).toEqual({ key, value })
        },
      ),
    )
  })

  test('-v: a path that begins with a dot is made absolute, everything else stays', () => {
    fc.assert(
      fc.property(path, lower(5), path, fc.constantFrom('', ':ro', ':rw,z'), (cwd, name, inside, options) => {
        expect(resolveBind(`./${name}:${inside}${options}`, cwd)).toBe(`${cwd}/${name}:${inside}${options}`)
        expect(resolveBind(`../${name}:${inside}`, cwd)).toBe(`${cleanPath(`${cwd}/../${name}`)}:${inside}`)
        const volume = `${name}x:${inside}${options}`
        expect(resolveBind(volume, cwd)).toBe(volume)
        expect(parseVolumeSpec(volume)).toEqual({ source: `${name}x`, isHostPath: false })
        expect(parseVolumeSpec(`${cwd}:${inside}${options}`)).toEqual({ source: cwd, isHostPath: true })
      }),
    )
  })
})

describe('laws', () => {
  test('an env file is read line by line, literally', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(variableName, line), { maxLength: 6 }), (pairs) => {
        const lines = pairs.map(([name, value]) => `${name}=${value}`)
        expect(parseEnvFile(Buffer.from(lines.join('\n')), 'file', {})).toEqual(lines)
        expect(parseEnvFile(Buffer.from(`# c\n\n${lines.join('\n')}\n`), 'file', {})).toEqual(lines)
      }),
    )
  })

  test('a bare key has the value of here', () => {
    fc.assert(
      fc.property(variableName, line, (name, value) => {
        expect(resolveVariable(name, { [name]: value })).toBe(`${name}=${value}`)
        expect(resolveVariable(name, {})).toBe(name)
        expect(parseEnvFile(Buffer.from(name), 'file', {})).toEqual([])
      }),
    )
  })

  test('of repeated variables the last value counts, at the place of the first', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('A', 'B', 'C'), line)), (pairs) => {
        const expected = [...new Map(pairs)].map(([name, value]) => `${name}=${value}`)
        expect(lastOfEach(pairs.map(([name, value]) => `${name}=${value}`))).toEqual(expected)
      }),
    )
  })

  test('a map of texts loses no key, whatever its name', () => {
    const key = fc.oneof(fc.constantFrom('__proto__', 'constructor'), lower(6))
    fc.assert(
      fc.property(fc.array(fc.tuple(key, line)), (pairs) => {
        const map = keyValueMap(pairs.map(([name, value]) => `${name}=${value}`))
        expect(Object.entries(map).sort()).toEqual([...new Map(pairs)].sort())
      }),
    )
  })

  test('a text splits at its first equals sign', () => {
    fc.assert(
      fc.property(line, (text) => {
        const { key, value } = splitKeyValue(text)
        expect(value === undefined ? key : `${key}=${value}`).toBe(text)
        expect(key).not.toContain('=')
      }),
    )
  })

  test('filters gather their values', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(lower(4), lower(4))), (pairs) => {
        const filters = pairs.reduce<Filters>((all, [name, value]) => addFilter(all, `${name} = ${value} `), {})
        for (const [name, value] of pairs) expect(filters[name]?.[value]).toBe(true)
        expect(Object.keys(filters).sort()).toEqual([...new Set(pairs.map(([name]) => name))].sort())
      }),
    )
  })

  test('capabilities are the same in any order, case and with or without their prefix', () => {
    const names = ['chown', 'NET_ADMIN', 'cap_sys_time', 'all']
    fc.assert(
      fc.property(fc.shuffledSubarray(names, { minLength: 4 }), (some) => {
        expect(normalizeCapabilities(some)).toEqual(['ALL', 'CAP_CHOWN', 'CAP_NET_ADMIN', 'CAP_SYS_TIME'])
        const again = normalizeCapabilities(some)
        expect(normalizeCapabilities(again)).toEqual(again)
      }),
    )
  })

  test('a clean path is clean', () => {
    const messy = fc
      .array(fc.constantFrom('a', 'b', '.', '..', '', 'c d'), { maxLength: 8 })
      .map((parts) => parts.join('/'))
    fc.assert(
      fc.property(messy, (text) => {
        const clean = cleanPath(text)
        expect(cleanPath(clean)).toBe(clean)
        expect(clean).not.toMatch(/\/\/|\/\.\/|.\/$/)
        expect(clean.startsWith('/')).toBe(text.startsWith('/'))
      }),
    )
  })
})
