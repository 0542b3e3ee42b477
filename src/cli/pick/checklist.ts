import {
  createPrompt,
  isBackspaceKey,
  isDownKey,
  isEnterKey,
  isSpaceKey,
  isUpKey,
  useKeypress,
  usePagination,
  useState,
} from '@inquirer/core'
import { makeVisible } from '../../format/text/visible.ts'

/** An object that `--pick` offers. */
export interface Choice {
  readonly name: string
  /** Tells objects apart: a state and an image, a size. */
  readonly detail: string
}

export interface ChecklistOptions {
  readonly message: string
  readonly choices: readonly Choice[]
}

/** The rows of choices that are shown at the same time. */
const PAGE_SIZE = 12

/**
 * A prompt of inquirer: a list with check boxes that typed text filters. Space checks a choice, Enter ends the prompt with
 * the names of all that are checked, whether they are shown or not.
 */
export const checklist = createPrompt<readonly string[], ChecklistOptions>(({ message, choices }, done) => {
  const [filter, setFilter] = useState('')
  const [checked, setChecked] = useState<ReadonlySet<string>>(new Set())
  const [active, setActive] = useState(0)
  const [isDone, setDone] = useState(false)
  const shown = choices.filter(({ name, detail }) => `${name} ${detail}`.toLowerCase().includes(filter.toLowerCase()))
  const names = choices.map(({ name }) => name).filter((name) => checked.has(name))

  useKeypress((key, line) => {
    // readline collects what is typed; the filter is kept here.
    line.clearLine(0)
    if (isEnterKey(key)) {
      setDone(true)
      done(names)
    } else if (isUpKey(key)) setActive(Math.max(0, active - 1))
    else if (isDownKey(key)) setActive(Math.min(shown.length - 1, active + 1))
    else if (isSpaceKey(key)) {
      const name = shown[active]?.name
      if (name !== undefined) setChecked(toggled(checked, name))
    } else if (isBackspaceKey(key)) changeFilter(filter.slice(0, -1))
    else if (typedCharacter(key) !== '') changeFilter(filter + typedCharacter(key))
  })

  function changeFilter(text: string): void {
    setFilter(text)
    setActive(0)
  }

  const page = usePagination({
    items: shown,
    active: Math.max(0, active),
    pageSize: PAGE_SIZE,
    loop: false,
    renderItem: ({ item: { name, detail }, isActive }) =>
      `${isActive ? '>' : ' '} [${checked.has(name) ? 'x' : ' '}] ${makeVisible(name)}  ${makeVisible(detail)}`,
  })
  if (isDone) return `${message} ${names.map(makeVisible).join(', ')}`
  const help = '(type to filter, space to check, enter to go on, Ctrl-C to cancel)'
  return [`${message} ${filter}`, `${shown.length === 0 ? '  nothing matches' : page}\n${help}`]
})

function toggled(checked: ReadonlySet<string>, name: string): ReadonlySet<string> {
  const changed = new Set(checked)
  if (!changed.delete(name)) changed.add(name)
  return changed
}

/** Returns the printable character of a key; empty for all other keys. */
function typedCharacter({ name, ctrl, ...key }: { name: string; ctrl: boolean }): string {
  const sequence = 'sequence' in key && typeof key.sequence === 'string' ? key.sequence : name
  return !ctrl && /^[\x21-\x7e]$/.test(sequence ?? '') ? sequence : ''
}
