/** A process that puts a file into a folder and is killed at a step of it: `place-and-die.ts <request as JSON> <step>`. */
import { placeFile } from '../../electron/workers/place.ts'

const [request = '', step] = process.argv.slice(2)
await placeFile(JSON.parse(request), undefined, (done) => {
  if (done === step) process.kill(process.pid, 'SIGKILL')
})
