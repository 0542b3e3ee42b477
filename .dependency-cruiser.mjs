/**
 * Import rules: which layer may import which, which packages belong to one layer, and no cycles, type-only and dynamic
 * imports included. `npm run imports` checks them. docs/architecture.md explains the layers.
 */

/** What the framework and all above it may import. */
const BASE = ['domain', 'files', 'programs', 'format', 'archive', 'config', 'registry', 'engine', 'flags']

/** Every layer with the layers, or single files of a neighbour, that it may import. A layer may always import itself. */
const LAYERS = {
  domain: [],
  files: ['domain'],
  programs: ['domain'],
  gotemplate: ['domain'],
  config: ['domain', 'files', 'programs'],
  archive: ['domain', 'files', 'programs'],
  registry: ['domain', 'engine/transport/tunnel-agent.ts'],
  format: ['domain', 'gotemplate'],
  engine: ['domain', 'programs'],
  flags: ['domain'],
  attach: ['domain', 'programs', 'format', 'engine'],
  builder: ['domain', 'files', 'programs', 'format', 'archive', 'registry', 'engine'],
  cli: [...BASE, 'attach'],
  actions: [...BASE, 'attach', 'builder', 'cli'],
  commands: [...BASE, 'attach', 'builder', 'cli', 'actions'],
}

/** Packages that only one place may import, so that what replaces or hides them stays in that place. */
const PACKAGES = {
  dockerode: 'src/engine',
  'docker-modem': 'src/engine',
  chalk: 'src/format',
  'cli-table3': 'src/format',
  inquirer: 'src/cli/pick',
  '@inquirer/core': 'src/cli/pick',
  '@bufbuild/protobuf': 'src/builder/buildkit',
  yaml: 'src/domain/stack',
}

const layerRules = Object.entries(LAYERS).map(([layer, allowed]) => ({
  name: `${layer}-imports`,
  comment: `src/${layer} may import ${[layer, ...allowed].join(', ')}`,
  severity: 'error',
  from: { path: `^src/${layer}/` },
  to: { path: '^src/', pathNot: [layer, ...allowed].map((name) => `^src/${name}${name.endsWith('.ts') ? '$' : '/'}`) },
}))

const packageRules = Object.entries(PACKAGES).map(([name, owner]) => ({
  name: `${name}-stays-in-its-place`,
  comment: `only ${owner} may import ${name}`,
  severity: 'error',
  from: { path: '^src/', pathNot: `^${owner}/` },
  to: { path: `node_modules/${name}/` },
}))

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'files that import each other cannot be read, tested or loaded apart',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...layerRules,
    ...packageRules,
    {
      name: 'pure-layers',
      comment: 'src/domain and src/gotemplate do no I/O, so they import nothing of Node',
      severity: 'error',
      from: { path: '^src/(domain|gotemplate)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'gotemplate-is-a-library',
      comment: "of src/domain, src/gotemplate may import Go's own formats only: it knows nothing of docker",
      severity: 'error',
      from: { path: '^src/gotemplate/' },
      to: { path: '^src/domain/', pathNot: '^src/domain/go/' },
    },
    {
      name: 'gotemplate-has-one-entry',
      comment: 'src/gotemplate/template.ts is the interface of the library; the other files are its implementation',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/gotemplate/' },
      to: { path: '^src/gotemplate/', pathNot: '^src/gotemplate/template\\.ts$' },
    },
    {
      name: 'programs-start-children',
      comment: 'only src/programs starts child processes: it decides which program a name on PATH may be',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/programs/' },
      to: { path: '^(node:)?child_process$' },
    },
    {
      name: 'buildkit-is-on-top',
      comment: 'src/builder/buildkit uses the build context and the progress displays; they know nothing of it',
      severity: 'error',
      from: { path: '^src/builder/', pathNot: '^src/builder/buildkit/' },
      to: { path: '^src/builder/buildkit/' },
    },
    {
      name: 'buildkit-parts-do-not-import-the-build',
      comment: 'the directories of src/builder/buildkit are parts of a build; what they share belongs in common',
      severity: 'error',
      from: { path: '^src/builder/buildkit/[^/]+/' },
      to: { path: '^src/builder/buildkit/[^/]+\\.ts$' },
    },
    {
      name: 'buildkit-common-is-a-leaf',
      comment: 'src/builder/buildkit/common is imported by the other directories of buildkit and imports none of them',
      severity: 'error',
      from: { path: '^src/builder/buildkit/common/' },
      to: { path: '^src/builder/buildkit/', pathNot: '^src/builder/buildkit/common/' },
    },
    {
      name: 'commands-are-leaves',
      comment: 'commands are loaded by the command table only; what two of them share belongs in src/actions',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(command-table|main)\\.ts$' },
      to: { path: '^src/commands/' },
    },
    {
      name: 'no-tests-in-src',
      comment: 'src does not import tests, scripts or benchmarks',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|scripts|bench)/' },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'default'],
    },
  },
}
