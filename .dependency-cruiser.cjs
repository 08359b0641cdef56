/**
 * The layers of the architecture (docs/architecture.md) as rules. docs/layers.json lists them from the ground up: an entry
 * may import what is listed before it, never what is listed after it. Imports of types obey the rules too.
 */
const layers = require('./docs/layers.json');

/** @typedef {{ name: string, files?: string }} Layer `files` is a regular expression, if they are not called as the layer. */

/**
 * A regular expression of the files of a layer.
 * @param {string} root the folder of the sources
 * @param {Layer} layer
 */
const filesOf = (root, { name, files }) => `^${root}/${files ?? name}(/|[.]ts$)`;

/**
 * The rules of the layers of an app: each imports only the layers below it, and every file belongs to one.
 * @param {string} app
 * @param {readonly Layer[]} list
 * @returns {NonNullable<import('dependency-cruiser').IConfiguration['forbidden']>}
 */
function layerRules(app, list) {
  const root = `apps/${app}/src`;
  /** @type {NonNullable<import('dependency-cruiser').IConfiguration['forbidden']>} */
  const rules = list.map((layer, index) => ({
    name: `${app}-layer-${layer.name}`,
    comment: `It imports only the layers below it: ${list
      .slice(0, index)
      .map(({ name }) => name)
      .join(', ')}.`,
    severity: 'error',
    from: { path: filesOf(root, layer), pathNot: '[.]test[.]ts$' },
    to: { path: `^${root}/`, pathNot: list.slice(0, index + 1).map((allowed) => filesOf(root, allowed)) },
  }));
  return [
    ...rules,
    {
      name: `every-${app}-file-has-a-layer`,
      comment: 'A new folder or file is entered in docs/layers.json.',
      severity: 'error',
      from: { path: `^${root}/`, pathNot: ['[.]test[.]ts$', ...list.map((layer) => filesOf(root, layer))] },
      to: {},
    },
  ];
}

/**
 * The rules of the packages: each imports only those that it is listed on.
 * @type {NonNullable<import('dependency-cruiser').IConfiguration['forbidden']>}
 */
const packageRules = layers.packages.map(({ name, on }) => ({
  name: `package-${name}`,
  comment: `It stands ${on.length === 0 ? 'alone' : `on ${on.join(', ')}`}.`,
  severity: 'error',
  from: { path: `^packages/${name}/` },
  to: { path: [`^packages/(?!(${[name, ...on].join('|')})/)`, '^apps/'] },
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
    ...packageRules,
    {
      name: 'every-package-has-a-layer',
      comment: 'A new package is entered in docs/layers.json.',
      severity: 'error',
      from: { path: '^packages/', pathNot: layers.packages.map(({ name }) => `^packages/${name}/`) },
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
    ...layerRules('server', layers.server),
    ...layerRules('bench', layers.bench),
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
