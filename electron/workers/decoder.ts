import sharp from 'sharp'
import manifest from '../../package.json' with { type: 'json' }

/**
 * What decodes files here, by its versions: a file that failed is worth another try where this has changed. libvips brings the
 * decoders of single formats along.
 */
export const decoder = `mantel ${manifest.version}, sharp ${sharp.versions.sharp ?? '?'}, libvips ${sharp.versions.vips}`
