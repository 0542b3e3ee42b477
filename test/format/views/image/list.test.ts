import { describe, expect, test } from 'vitest'
import { imageView } from '../../../../src/format/views/image/list.ts'
import { IMAGES } from '../../cases/lists.ts'
import { flagsAndFormat, golden, responseOf } from '../../golden.ts'

const plain = { format: '', quiet: false, noTrunc: false, digests: false }

describe('images are listed as docker lists them', () => {
  const { recordedAt, responses } = golden('images')
  test.each(responses)('%s', async (title, docker) => {
    const { flags, format } = flagsAndFormat(title)
    const options = {
      format,
      quiet: flags.includes('-q'),
      noTrunc: flags.includes('--no-trunc'),
      digests: flags.includes('--digests'),
    }
    const ours = await responseOf(async () => (await imageView(options)).render(IMAGES, recordedAt))
    expect(ours).toEqual(docker)
  })
})

test('a template that cannot be read fails before images are asked for', async () => {
  await expect(imageView({ ...plain, format: '{{' })).rejects.toThrow(
    'template parsing error: template: :1: unclosed action',
  )
})

test('a field that images do not have matters only when there is an image', async () => {
  const view = await imageView({ ...plain, format: '{{.Foo}}' })
  expect(view.render([], new Date())).toBe('')
  expect(() => view.render(IMAGES, new Date())).toThrow("can't evaluate field Foo in type *formatter.imageContext")
})
