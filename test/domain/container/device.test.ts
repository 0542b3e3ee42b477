import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  checkDeviceCgroupRule,
  parseDevice,
  parseDeviceByteRate,
  parseDeviceOperationRate,
  parseDeviceWeight,
  parseGpuRequest,
} from '../../../src/domain/container/device.ts'
import { absolutePath, expectParsesOrRefuses, lowerCaseWord } from '../../support/typed-text.ts'

test('parses the absolutePath, the path in the container and the permissions of --device', () => {
  const mode = fc.shuffledSubarray(['r', 'w', 'm'], { minLength: 1 }).map((letters) => letters.join(''))
  fc.assert(
    fc.property(absolutePath, absolutePath, mode, (onHost, inside, permissions) => {
      const whole = { PathOnHost: onHost, PathInContainer: inside, CgroupPermissions: permissions }
      expect(parseDevice(`${onHost}:${inside}:${permissions}`)).toEqual({ mapping: whole })
      expect(parseDevice(`${onHost}:${permissions}`)).toEqual({ mapping: { ...whole, PathInContainer: onHost } })
      expect(parseDevice(onHost)).toEqual({
        mapping: { PathOnHost: onHost, PathInContainer: onHost, CgroupPermissions: 'rwm' },
      })
    }),
  )
})

test('parses --blkio-weight-device and --device-read-iops', () => {
  fc.assert(
    fc.property(lowerCaseWord(5), fc.integer({ min: -5, max: 1100 }), (name, amount) => {
      const typed = `/dev/${name}:${amount}`
      const isWeight = amount === 0 || (amount >= 10 && amount <= 1000)
      if (isWeight) expect(parseDeviceWeight(typed)).toEqual({ Path: `/dev/${name}`, Weight: amount })
      else expect(() => parseDeviceWeight(typed)).toThrow(`invalid weight for device: ${typed}`)
      if (amount >= 0) expect(parseDeviceOperationRate(typed)).toEqual({ Path: `/dev/${name}`, Rate: amount })
      else expect(() => parseDeviceOperationRate(typed)).toThrow('invalid rate for device')
    }),
  )
})

test('parses the count and the ids of --gpus', () => {
  fc.assert(
    fc.property(fc.nat(64), fc.array(lowerCaseWord(4), { minLength: 1, maxLength: 3 }), (count, ids) => {
      expect(parseGpuRequest(String(count)).Count).toBe(count)
      expect(parseGpuRequest(`"device=${ids.join(',')}"`)).toMatchObject({ Count: 0, DeviceIDs: ids })
    }),
  )
})

test.each([
  ['parseDevice', parseDevice],
  ['checkDeviceCgroupRule', checkDeviceCgroupRule],
  ['parseDeviceByteRate', parseDeviceByteRate],
  ['parseDeviceOperationRate', parseDeviceOperationRate],
  ['parseDeviceWeight', parseDeviceWeight],
  ['parseGpuRequest', parseGpuRequest],
])('%s accepts or refuses any text', (_, parse) => {
  expectParsesOrRefuses(parse)
})
