/**
 * Inside the workspace packages resolve each other by source, through the export condition `nanoredis-source`.
 * The sources are not in the tarballs, so neither may the condition be.
 *
 * @param {Record<string, any>} manifest
 */
function beforePacking(manifest) {
  for (const entry of Object.values(manifest.exports ?? {})) {
    if (typeof entry === 'object') delete entry['nanoredis-source'];
  }
  for (const field of ['scripts', 'devDependencies']) delete manifest[field];
  return manifest;
}

module.exports = { hooks: { beforePacking } };
