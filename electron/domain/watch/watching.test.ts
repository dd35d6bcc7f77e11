import { expect, test } from 'vitest'
import { areasOf, outermost } from './watching.ts'

const area = (path: string) => ({ path })

test('nested folders are watched with the one they lie in, but not where that leaves them out', () => {
  const paths = ['/p', '/p/ann', '/p/ann/raw', '/p2', '/p/.private', '/p/.private/x', '/q/@eaDir/r', '/q']
  expect(outermost(paths.map(area)).sort()).toEqual(['/p', '/p/.private', '/p2', '/q', '/q/@eaDir/r'])
})

test('a change concerns the deepest area that holds it', () => {
  const [home, ann, raw] = [area('/p'), area('/p/ann'), area('/p/ann/raw')]
  const of = (...paths: string[]) => [...areasOf([home, ann, raw], paths)]
  expect(of('/p/a.jpg')).toEqual([home])
  expect(of('/p/ann/a.jpg', '/p/ann/b.jpg')).toEqual([ann])
  expect(of('/p/annex/a.jpg')).toEqual([home])
  expect(of('/elsewhere/a.jpg')).toEqual([])
})

test('a directory that came or went takes the areas below it along', () => {
  const [home, ann, raw] = [area('/p'), area('/p/x/ann'), area('/p/x/ann/raw')]
  expect([...areasOf([home, ann, raw], ['/p/x'])]).toEqual([home, ann, raw])
  expect([...areasOf([home, ann, raw], ['/p/x/ann'])]).toEqual([ann, raw])
})
