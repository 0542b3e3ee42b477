import { describe, expect, test } from 'vitest'
import { imageView } from '../../../../src/format/views/image/list.ts'
import { IMAGES } from '../../cases/lists.ts'
import { flagsAndFormat, golden, responseOf } from '../../golden.ts'

const plain = { format: '', quiet: false, noTrunc: false, digests: false }

describe('lists images as docker does', () => {
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

test('rejects an invalid template before the request', async () => {
  await expect(imageView({ ...plain, format: '{{' })).rejects.toThrow(
    'template parsing error: template: :1: unclosed action',
  )
})

test('rejects an unknown field only if there is an image', async () => {
  const view = await imageView({ ...plain, format: '{{.Foo}}' })
  expect(view.render([], new Date())).toBe('')
  expect(() => view.render(IMAGES, new Date())).toThrow("can't evaluate field Foo in type *formatter.imageContext")
})
