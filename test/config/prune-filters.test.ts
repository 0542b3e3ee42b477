import { expect, test } from 'vitest'
import { withConfiguredFilters } from '../../src/config/prune-filters.ts'
import { addFilter, type Filters } from '../../src/domain/filter.ts'

const filters = (...typed: readonly string[]) => typed.reduce<Filters>(addFilter, {})
const file = (pruneFilters: unknown) => ({
  dir: '',
  path: '',
  warning: '',
  isDamaged: false,
  isContextUnknown: false,
  data: { pruneFilters },
})

// docker 28.2.2 drops configured label filters unless filters of the opposite kind were typed.
test.each([
  [[], ['until=1h'], ['until=1h']],
  [['until=2h'], ['until=1h'], ['until=2h', 'until=1h']],
  [[], ['label=keep'], ['label=keep']],
  [[], ['label!=keep'], ['label!=keep']],
  [['label=keep'], ['label!=keep', 'label!=other'], ['label=keep', 'label!=other']],
  [['label=a'], ['label=b'], ['label=a']],
  [['label=a'], ['label!=b'], ['label=a', 'label!=b']],
  [['label=a'], ['label!=a'], ['label=a']],
  [['label!=a'], ['label=b', 'label=a'], ['label!=a', 'label=b']],
  [['until=1h'], ['nothing', 'label'], ['until=1h']],
])('combines the typed filters %j with %j in config.json to %j', (typed, configured, expected) => {
  expect(withConfiguredFilters(filters(...typed), file(configured))).toEqual(filters(...expected))
})

test.each([undefined, null, 'until=1h', { until: '1h' }, [1, null]])('ignores %j in config.json', (configured) => {
  expect(withConfiguredFilters(filters('label=a'), file(configured))).toEqual(filters('label=a'))
})
