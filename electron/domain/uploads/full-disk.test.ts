import { createHash } from 'node:crypto'
import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { mountSmallDisk, noMounts } from '../../../test/support/small-disk.ts'
import { placeFile } from '../../workers/place.ts'
import { HeldFiles } from './held-files.ts'
import { createIncoming } from './incoming.ts'
import { UPLOAD_LIMITS } from './limits.ts'

describe.skipIf(noMounts !== null)(
  `on disks of their own${noMounts ? ` (skipped: ${noMounts})` : ''}`,
  () => {
    async function directory(): Promise<string> {
      const path = await mkdtemp(join(tmpdir(), 'mantel-uploads-'))
      onTestFinished(() => rm(path, { recursive: true, force: true }))
      return path
    }

    test('a disk that fills up while a file comes refuses it, and nothing of it is left', async () => {
      const disk = mountSmallDisk(join(await directory(), 'disk'), 1024)
      const files = new HeldFiles(disk.path)
      const size = 900 * 1024
      const limits = { ...UPLOAD_LIMITS, freeBytes: 0 }
      const incoming = await createIncoming({ files, limits }, { name: 'a.jpg', size, modified: null })
      disk.fill(100)
      const bytes = Buffer.alloc(size)
      bytes.write('\xff\xd8\xff\xe0', 'latin1')
      await expect(incoming.write(bytes)).rejects.toMatchObject({ details: { reason: 'upload_no_room' } })
      await incoming.close()
      expect(readdirSync(files.directory)).toEqual([])
    })

    test('a folder on another disk gets the file whole, or where that is full nothing', async () => {
      const place = await directory()
      const disk = mountSmallDisk(join(place, 'disk'), 1024)
      const bytes = Buffer.alloc(300 * 1024, 'picture ')
      const path = join(place, 'held')
      writeFileSync(path, bytes)
      const { dev, ino } = statSync(disk.path, { bigint: true })
      const request = {
        ...{ kind: 'place' as const, path, sizeBytes: bytes.length, name: 'a.jpg' },
        contentHash: createHash('sha256').update(bytes).digest('hex'),
        folder: { path: disk.path, device: String(dev), inode: String(ino) },
      }
      disk.fill(100)
      expect(await placeFile(request)).toEqual({ ok: false, problem: 'folder_full' })
      expect(readdirSync(disk.path)).toEqual(['ballast'])
      disk.free()
      expect(await placeFile(request)).toEqual({ ok: true, name: 'a.jpg' })
    })
  },
)
