/**
 * The layers of the architecture (docs/architecture.md) as rules. Each list is from the ground up: an entry may import
 * what stands before it, never what stands after it. Imports of types obey the rules too.
 */
const groundPackages = ['intrusive-ds', 'resp-codec', 'event-loop'];
const packagesOnIntrusiveDs = ['skiplist', 'lru-ttl'];
const serverLayers = {
  errors: 'errors',
  values: 'values',
  keyspace: 'keyspace',
  config: 'config',
  runtime: 'runtime',
  request: 'request',
  session: 'session',
  command: 'command',
  clients: 'clients',
  commands: 'commands',
  instance: 'instance',
  'warm-up': 'warm-up',
  server: 'server',
  faces: '(banner|nano-redis|index|cli|launch)',
};

/** @type {import('dependency-cruiser').IConfiguration['forbidden']} */
const serverLayerRules = Object.entries(serverLayers).map(([layer, files], index, layers) => ({
  name: `layer-${layer}`,
  comment: `It imports only the layers below it: ${
    layers
      .slice(0, index)
      .map(([below]) => below)
      .join(', ') || 'none'
  }.`,
  severity: 'error',
  from: { path: `^apps/server/src/${files}(/|[.]ts$)`, pathNot: '[.]test[.]ts$' },
  to: {
    path: '^apps/server/src/',
    pathNot: layers.slice(0, index + 1).map(([, allowed]) => `^apps/server/src/${allowed}(/|[.]ts$)`),
  },
}));

/** The layers of apps/bench/src, by the same rule; types obey it too. */
const benchLayers = {
  places: 'places',
  results: 'results',
  scenario: 'scenario',
  progress: 'progress',
  check: 'check',
  report: 'report',
  servers: 'servers',
  load: 'load',
  measure: 'measure',
  harness: 'harness',
  micro: 'micro',
  options: 'option-parsers',
  programs: 'programs',
  commands: '(run-scenario|command-line)',
  program: 'cli',
};

/** @type {import('dependency-cruiser').IConfiguration['forbidden']} */
const benchLayerRules = Object.entries(benchLayers).map(([layer, files], index, layers) => ({
  name: `bench-layer-${layer}`,
  severity: 'error',
  from: { path: `^apps/bench/src/${files}(/|[.]ts$)`, pathNot: '[.]test[.]ts$' },
  to: {
    path: '^apps/bench/src/',
    pathNot: layers.slice(0, index + 1).map(([, allowed]) => `^apps/bench/src/${allowed}(/|[.]ts$)`),
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Modules that need each other are one module, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'ground-packages-stand-alone',
      severity: 'error',
      from: { path: `^packages/(${groundPackages.join('|')})/` },
      to: { path: ['^packages/(?!$1/)', '^apps/'] },
    },
    {
      name: 'upper-packages-stand-on-intrusive-ds',
      severity: 'error',
      from: { path: `^packages/(${packagesOnIntrusiveDs.join('|')})/` },
      to: { path: ['^packages/(?!$1/|intrusive-ds/)', '^apps/'] },
    },
    {
      name: 'every-package-has-a-layer',
      comment: 'A new package is entered in one of the lists at the head of this file.',
      severity: 'error',
      from: { path: '^packages/', pathNot: `^packages/(${[...groundPackages, ...packagesOnIntrusiveDs].join('|')})/` },
      to: {},
    },
    {
      name: 'packages-by-their-public-entry',
      comment: 'Another package is imported by its name, and so through an entry of its exports.',
      severity: 'error',
      from: { path: '^(packages/[^/]+|apps/[^/]+)/' },
      to: { path: '^(packages|apps)/', pathNot: '^$1/', dependencyTypes: ['local'] },
    },
    {
      name: 'apps-stand-alone',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/(?!$1/)' },
    },
    ...serverLayerRules,
    ...benchLayerRules,
    {
      name: 'every-bench-file-has-a-layer',
      severity: 'error',
      from: {
        path: '^apps/bench/src/',
        pathNot: ['[.]test[.]ts$', ...Object.values(benchLayers).map((files) => `^apps/bench/src/${files}(/|[.]ts$)`)],
      },
      to: {},
    },
    {
      name: 'every-server-file-has-a-layer',
      comment: 'A new folder or file of apps/server/src is entered in the list of layers at the head of this file.',
      severity: 'error',
      from: {
        path: '^apps/server/src/',
        pathNot: [
          '[.]test[.]ts$',
          ...Object.values(serverLayers).map((files) => `^apps/server/src/${files}(/|[.]ts$)`),
        ],
      },
      to: {},
    },
    {
      name: 'sources-do-not-import-tests',
      severity: 'error',
      from: { path: '/src/', pathNot: '[.](test|fixture)[.]ts$' },
      to: { path: ['[.](test|fixture)[.]ts$', '^(packages|apps)/[^/]+/test/'] },
    },
    {
      name: 'sources-import-no-development-dependency',
      severity: 'error',
      from: { path: '^(packages|apps/server)/.*src/', pathNot: '[.](test|fixture)[.]ts$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nothing-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // tsup writes the second kind beside its configuration while it builds, and takes it away again.
    exclude: { path: ['/dist/', '[.]config[.]bundled_'] },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['nanoredis-source', 'import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
    },
  },
};
