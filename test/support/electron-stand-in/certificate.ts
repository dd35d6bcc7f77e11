import { generate } from 'selfsigned'

/** A certificate for the stand-in's own proxies, made anew at every start: no key is kept anywhere. */
export const certificate: Promise<{ key: string; cert: string }> = make()

async function make() {
  const made = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  })
  return { key: made.private, cert: made.cert }
}
