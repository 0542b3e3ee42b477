import { each, type ParityCase, type ParityGroup } from '../../case.ts'
import { auths, basic, HUB, helpers } from './credentials.ts'

const CONFIG = ['.docker/config.json']

const logoutCases: ParityCase[] = [
  ...each(
    ['logout'],
    [
      [],
      ['example.com'],
      ['https://example.com/v2/'],
      ['docker.io'],
      [HUB],
      ['schemed.example.com'],
      ['none.example.com'],
      ['a', 'b'],
      ['--bogus'],
      ['-x'],
    ],
    { config: auths, outputs: CONFIG },
  ),
  ...each(['logout'], [[], ['example.com']], { outputs: CONFIG, note: 'no config' }),
  ...each(
    ['logout'],
    [
      ['index.docker.io'],
      ['https://docker.io'],
      ['EXAMPLE.com'],
      ['http://example.com'],
      ['[::1]:5000'],
      ['127.0.0.1:5000/v2/'],
      [''],
    ],
    {
      files: {
        '.docker/config.json': {
          mode: 0o600,
          text: JSON.stringify({
            auths: {
              ...auths.auths,
              'http://example.com': basic('a', 'b'),
              'https://example.com': basic('a', 'b'),
              '[::1]:5000': basic('a', 'b'),
              '127.0.0.1:5000': basic('a', 'b'),
              'index.docker.io': basic('a', 'b'),
            },
          }),
        },
      },
      outputs: CONFIG,
      note: 'spelling',
    },
  ),
  { argv: ['logout', 'example.com'], daemon: 'none', config: auths, outputs: CONFIG, note: 'no daemon' },
  {
    argv: ['logout', 'helped.example.com'],
    config: { credsStore: 'fake', auths: { 'helped.example.com': {} } },
    files: helpers,
    outputs: [...CONFIG, 'helper.log'],
    note: 'credsStore',
  },
  {
    argv: ['logout', 'h.example.com'],
    config: { credHelpers: { 'h.example.com': 'fake' } },
    files: helpers,
    outputs: [...CONFIG, 'helper.log'],
    note: 'credHelpers',
  },
  { argv: ['logout', 'x.example.com'], config: { credsStore: 'absent' }, outputs: CONFIG, note: 'no such helper' },
]

export const logout: ParityGroup = { name: 'logout', cases: logoutCases }
