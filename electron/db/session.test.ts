import { join } from 'node:path'
import { eq, relations, sql } from 'drizzle-orm'
import { alias, blob, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { drizzle } from 'drizzle-orm/sqlite-proxy'
import { expect, onTestFinished, test } from 'vitest'
import { makeFolder } from '../../test/support/database.ts'
import { Connection } from './connection.ts'
import { drizzleOver } from './session.ts'

const owners = sqliteTable('owners', {
  id: integer('id').primaryKey(),
  name: text('name').notNull().unique(),
})
const pets = sqliteTable('pets', {
  id: integer('id').primaryKey(),
  ownerId: integer('owner_id')
    .notNull()
    .references(() => owners.id),
  name: text('name').notNull(),
  tame: integer('tame', { mode: 'boolean' }).notNull().default(false),
  picture: blob('picture', { mode: 'buffer' }),
})
const ownersRelations = relations(owners, ({ many }) => ({ pets: many(pets) }))
const petsRelations = relations(pets, ({ one }) => ({
  owner: one(owners, { fields: [pets.ownerId], references: [owners.id] }),
}))

async function makePets() {
  const connection = await Connection.open(join(await makeFolder(), 'a.sqlite'), { mode: 'write' })
  onTestFinished(() => connection.close())
  await connection.exec(`
    create table owners (id integer primary key, name text not null unique);
    create table pets (id integer primary key, owner_id integer not null references owners, name text not null,
      tame integer not null default false, picture blob);
    insert into owners values (1, 'ann'), (2, 'ben');
    insert into pets values (10, 1, 'cat', true, x'00ff'), (11, 2, 'dog', false, null)`)
  const db = drizzleOver(connection, { owners, pets, ownersRelations, petsRelations })
  return { connection, db }
}

test('trap 1: columns of one name shift the others through the plain proxy, and are right here', async () => {
  const { connection, db } = await makePets()
  const naive = drizzle(async (text, params) => ({
    rows: (await connection.all(text, params)).map((row) => Object.values(row)),
  }))
  const fields = { owner: owners.name, ownerId: owners.id, petId: pets.id, pet: pets.name }
  const wrong = await naive
    .select(fields)
    .from(owners)
    .innerJoin(pets, eq(pets.ownerId, owners.id))
    .orderBy(pets.id)
  expect(wrong[0]).not.toEqual({ owner: 'ann', ownerId: 1, petId: 10, pet: 'cat' })
  const right = await db
    .select(fields)
    .from(owners)
    .innerJoin(pets, eq(pets.ownerId, owners.id))
    .orderBy(pets.id)
  expect(right).toEqual([
    { owner: 'ann', ownerId: 1, petId: 10, pet: 'cat' },
    { owner: 'ben', ownerId: 2, petId: 11, pet: 'dog' },
  ])
})

test('whole tables join, to themselves too, and a missing side is null', async () => {
  const { db } = await makePets()
  const joined = await db.select().from(owners).innerJoin(pets, eq(pets.ownerId, owners.id)).orderBy(pets.id)
  expect(joined[0]).toEqual({
    owners: { id: 1, name: 'ann' },
    pets: { id: 10, ownerId: 1, name: 'cat', tame: true, picture: Buffer.from([0, 255]) },
  })
  const next = alias(owners, 'next')
  const pairs = await db
    .select({ a: owners.name, b: next.name, one: sql<number>`1` })
    .from(owners)
    .leftJoin(next, eq(next.id, sql`${owners.id} + 1`))
    .orderBy(owners.id)
  expect(pairs).toEqual([
    { a: 'ann', b: 'ben', one: 1 },
    { a: 'ben', b: null, one: 1 },
  ])
})

test('expressions with numeric names stay in their places', async () => {
  const { db } = await makePets()
  const [row] = await db
    .select({ b: sql<number>`5`, a: sql<number>`3`, c: sql<number>`4`, d: sql<number>`3` })
    .from(owners)
  expect(row).toEqual({ b: 5, a: 3, c: 4, d: 3 })
})

test('the order, limits, sub-selects and unions of a statement survive its wrapping', async () => {
  const { connection, db } = await makePets()
  await connection.exec(`with recursive n(i) as (select 3 union all select i + 1 from n where i < 2000)
    insert into owners select i, 'o' || (i * 7919 % 2003) from n`)
  const rows = await db.select().from(owners).orderBy(sql`${owners.name} desc`).limit(500).offset(3)
  expect(rows).toHaveLength(500)
  expect(rows.map(({ name }) => name)).toEqual(
    rows
      .map(({ name }) => name)
      .sort()
      .reverse(),
  )
  const first = db.$with('first').as(db.select({ name: owners.name }).from(owners).where(eq(owners.id, 1)))
  expect(await db.with(first).select().from(first)).toEqual([{ name: 'ann' }])
  const both = db
    .select({ n: pets.name })
    .from(pets)
    .union(db.select({ n: owners.name }).from(owners).where(eq(owners.id, 1)))
  expect((await both).map(({ n }) => n).sort()).toEqual(['ann', 'cat', 'dog'])
})

test('every way to ask gives the same rows', async () => {
  const { db } = await makePets()
  const one = db
    .select({ id: pets.id, owner: owners.id })
    .from(pets)
    .innerJoin(owners, eq(owners.id, pets.ownerId))
  expect(await one.where(eq(pets.id, 11)).get()).toEqual({ id: 11, owner: 2 })
  expect(await db.select().from(owners).where(eq(owners.id, 99)).get()).toBeUndefined()
  expect(
    await db.select({ id: owners.id, name: owners.name }).from(owners).orderBy(owners.id).values(),
  ).toEqual([
    [1, 'ann'],
    [2, 'ben'],
  ])
  const prepared = db
    .select({ name: owners.name })
    .from(owners)
    .where(eq(owners.id, sql.placeholder('id')))
    .prepare()
  expect(await prepared.all({ id: 2 })).toEqual([{ name: 'ben' }])
  expect(await prepared.get({ id: 1 })).toEqual({ name: 'ann' })
  expect(await db.$count(owners)).toBe(2)
  expect(await db.$count(owners, eq(owners.name, 'ann'))).toBe(1)
})

test('relational queries and their parts', async () => {
  const { db } = await makePets()
  expect(
    await db.query.owners.findFirst({ where: eq(owners.id, 1), with: { pets: { columns: { name: true } } } }),
  ).toEqual({ id: 1, name: 'ann', pets: [{ name: 'cat' }] })
  expect(await db.query.pets.findMany({ columns: { id: true }, with: { owner: true } })).toHaveLength(2)
  expect(await db.query.owners.findFirst({ where: eq(owners.id, 99) })).toBeUndefined()
})

test('raw SQL gives rows by name; a list of values without names is refused', async () => {
  const { db } = await makePets()
  expect(await db.all(sql`select id, name from owners order by id`)).toEqual([
    { id: 1, name: 'ann' },
    { id: 2, name: 'ben' },
  ])
  expect(await db.get(sql`select count(*) as n from pets`)).toEqual({ n: 2 })
  expect(await db.get(sql`select 1 as n where 0`)).toBeUndefined()
  await expect(db.values(sql`select id, id from owners`)).rejects.toThrow(/would lose columns/)
})

test('changes answer their count, and returning answers rows', async () => {
  const { db } = await makePets()
  expect(await db.update(pets).set({ tame: true })).toMatchObject({ changes: 2 })
  expect(await db.insert(owners).values({ name: 'cy' }).returning()).toEqual([{ id: 3, name: 'cy' }])
  const upsert = db.insert(owners).values({ id: 3, name: 'dee' })
  expect(
    await upsert
      .onConflictDoUpdate({ target: owners.id, set: { name: 'dee' } })
      .returning({ n: owners.name }),
  ).toEqual([{ n: 'dee' }])
  expect(await db.delete(owners).where(eq(owners.id, 77)).returning()).toEqual([])
})

test('returning columns that would merge or move is an error, never wrong data', async () => {
  const { db } = await makePets()
  const insert = db.insert(owners).values({ name: 'eve' })
  await expect(insert.returning({ a: owners.id, b: owners.id, c: owners.name })).rejects.toThrow(
    /equal or numeric/,
  )
  const update = db.update(owners).set({ name: 'x' }).where(eq(owners.id, 1))
  await expect(update.returning({ n: owners.name, one: sql<number>`1` })).rejects.toThrow(/equal or numeric/)
})

test('transactions and batches of the plain proxy are not open here', async () => {
  const { db } = await makePets()
  await expect(db.transaction(async () => 1)).rejects.toThrow(/write\(\)/)
})
