import { expect, test } from 'vitest'
import { initialUsage } from '../../../../src/domain/container/stats.ts'
import { statsList } from '../../../../src/format/views/container/stats.ts'
import { listView } from '../../../../src/format/views/list.ts'

// Docker's engines put a slash in front of the name, Podman's do not.
test.each(['/web', 'web'])('a container that its engine calls %s is called web', async (name) => {
  const view = await listView(statsList('linux'), { format: '{{.Name}}', quiet: false, noTrunc: false })
  expect(view.render([{ ...initialUsage('1234'), name }], new Date(0))).toBe('web\n')
})
