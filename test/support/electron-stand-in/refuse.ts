/** Looked up by the language, by promises and by `console.log` on any object; their absence is no mistake of the app. */
const askedOfEveryObject = new Set(['then', 'toJSON', 'default', '__esModule', 'domain', 'constructor'])

/**
 * Ends an object's chain of prototypes with a refusal: what neither it nor its classes have throws by name, so that
 * an app which calls what is not imitated learns it, and no test passes by silence.
 * @param name what the object is called in Electron, for the message
 * @param object a module object, a class (for its statics) or a class's prototype
 */
export function refuseTheRest<T extends object>(name: string, object: T): T {
  const end = Object.getPrototypeOf(object) as object | null // typed `any` by the library
  const refusal = new Proxy(end ?? {}, {
    get(target, key, receiver) {
      if (key in target || typeof key === 'symbol' || askedOfEveryObject.has(key)) {
        return Reflect.get(target, key, receiver)
      }
      throw new Error(`[stand-in] ${name}.${key} is not implemented`)
    },
  })
  return Object.setPrototypeOf(object, refusal)
}
