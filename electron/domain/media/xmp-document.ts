import {
  DOMParser,
  type Document,
  type Element,
  type Node,
  onErrorStopParsing,
  XMLSerializer,
} from '@xmldom/xmldom'

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
const XML = 'http://www.w3.org/XML/1998/namespace'
const XMLNS = 'http://www.w3.org/2000/xmlns/'

/** A name of XMP: its namespace, the prefix it usually has, and the name itself. */
export interface XmpName {
  readonly namespace: string
  readonly prefix: string
  readonly local: string
}

/** A sidecar of nothing yet. The first packet line holds a byte order mark, by which programs find packets. */
const EMPTY = `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Mantel">
 <rdf:RDF xmlns:rdf="${RDF}">
  <rdf:Description rdf:about="">
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
`

/** The text of a sidecar is no XMP. */
export class XmpError extends Error {}

/**
 * An XMP document whose properties can be set one by one; everything else of it stays. A property may stand in any of several
 * descriptions, as an attribute or as an element; when it is set it stands once, as an element.
 */
export class XmpDocument {
  readonly #document: Document
  readonly #rdf: Element

  /** Throws {@link XmpError} for what is no XMP. Null: a new document. */
  constructor(text: string | null) {
    this.#document = parse(text ?? EMPTY)
    const rdf = this.#document.getElementsByTagNameNS(RDF, 'RDF')[0]
    if (!rdf) throw new XmpError('no rdf:RDF')
    this.#rdf = rdf
  }

  toString(): string {
    return new XMLSerializer().serializeToString(this.#document)
  }

  remove({ namespace, ...name }: XmpName): void {
    for (const one of this.#descriptions()) {
      if (one.hasAttributeNS(namespace, name.local)) one.removeAttributeNS(namespace, name.local)
      for (const child of childrenOf(one, { namespace, ...name })) removeWithBlanks(child)
    }
  }

  /** Sets a property that is one text. */
  set(name: XmpName, text: string): void {
    const known = this.#descriptions().flatMap((one) => childrenOf(one, name))
    const isAttribute = this.#descriptions().some((one) => one.hasAttributeNS(name.namespace, name.local))
    // as it is already, it stays where it is: what is written twice is written the same
    if (
      known.length === 1 &&
      !isAttribute &&
      known[0]?.attributes.length === 0 &&
      known[0].textContent === text
    )
      return
    this.remove(name)
    const element = this.#make(name)
    element.appendChild(this.#document.createTextNode(text))
    this.#append(element)
  }

  /** Sets what a text in several languages says where none is asked for; what it says in others stays. */
  setDefaultText(name: XmpName, text: string): void {
    const items = this.#container(name, 'Alt', () => [])
    const isDefault = (item: Element) => item.getAttributeNS(XML, 'lang') === 'x-default'
    const known = childrenOf(items, LI).find(isDefault)
    const item = known ?? this.#document.createElementNS(RDF, 'rdf:li')
    if (!known) item.setAttributeNS(XML, 'xml:lang', 'x-default')
    while (item.firstChild) item.removeChild(item.firstChild)
    item.appendChild(this.#document.createTextNode(text))
    // programs that know no languages take the first one
    if (!known) items.insertBefore(item, items.firstChild)
  }

  /** Adds texts to a list, those that it does not hold yet. */
  addTexts(name: XmpName, kind: 'Bag' | 'Seq', texts: readonly string[]): void {
    const items = this.#container(name, kind, (old) => old)
    const held = new Set(childrenOf(items, LI).map((item) => item.textContent))
    for (const text of texts) {
      if (held.has(text)) continue
      held.add(text)
      const item = this.#document.createElementNS(RDF, 'rdf:li')
      item.appendChild(this.#document.createTextNode(text))
      items.appendChild(item)
    }
  }

  /** The list of a property; made where there is none, with what `keep` leaves of a text that stood in its place. */
  #container(name: XmpName, kind: 'Bag' | 'Seq' | 'Alt', keep: (old: string[]) => string[]): Element {
    const [property] = this.#descriptions().flatMap((one) => childrenOf(one, name))
    const known =
      property &&
      elementsOf(property).find((child) => child.namespaceURI === RDF && KINDS.has(child.localName ?? ''))
    if (known) return known
    const attributes = this.#descriptions().map((one) => one.getAttributeNS(name.namespace, name.local))
    const old = [...attributes, property?.textContent].flatMap((text) => (text?.trim() ? [text.trim()] : []))
    this.remove(name)
    const made = this.#make(name)
    const items = this.#document.createElementNS(RDF, `rdf:${kind}`)
    made.appendChild(items)
    this.#append(made)
    for (const text of keep(old)) {
      const item = this.#document.createElementNS(RDF, 'rdf:li')
      item.appendChild(this.#document.createTextNode(text))
      items.appendChild(item)
    }
    return items
  }

  #descriptions(): Element[] {
    return childrenOf(this.#rdf, DESCRIPTION)
  }

  #make({ namespace, prefix, local }: XmpName): Element {
    return this.#document.createElementNS(namespace, `${prefix}:${local}`)
  }

  /** Puts an element at the end of the first description, on a line of its own, its prefix told there. */
  #append(element: Element): void {
    let [description] = this.#descriptions()
    if (!description) {
      description = this.#document.createElementNS(RDF, 'rdf:Description')
      description.setAttributeNS(RDF, 'rdf:about', '')
      this.#rdf.appendChild(description)
    }
    const { prefix, namespaceURI } = element
    // bound to another namespace further out it is told at the element itself, by the serialiser
    if (prefix && prefixInUse(description, prefix) === null)
      description.setAttributeNS(XMLNS, `xmlns:${prefix}`, namespaceURI ?? '')
    const last = description.lastChild
    const end = last && isBlank(last) ? last : null
    description.insertBefore(this.#document.createTextNode('\n   '), end)
    description.insertBefore(element, end)
    if (!end) description.appendChild(this.#document.createTextNode('\n  '))
  }
}

const DESCRIPTION: XmpName = { namespace: RDF, prefix: 'rdf', local: 'Description' }
const LI: XmpName = { namespace: RDF, prefix: 'rdf', local: 'li' }
const KINDS = new Set(['Bag', 'Seq', 'Alt'])

function parse(text: string): Document {
  try {
    return new DOMParser({ onError: onErrorStopParsing }).parseFromString(text, 'application/xml')
  } catch (error) {
    throw new XmpError('not well-formed', { cause: error })
  }
}

const elementsOf = (parent: Element): Element[] =>
  // by its type a node says that it is an element
  Array.from(parent.childNodes).filter((node) => node.nodeType === node.ELEMENT_NODE) as unknown as Element[]

const childrenOf = (parent: Element, { namespace, local }: XmpName): Element[] =>
  elementsOf(parent).filter((child) => child.namespaceURI === namespace && child.localName === local)

const isBlank = (node: Node) => node.nodeType === node.TEXT_NODE && (node.nodeValue ?? '').trim() === ''

/** Taken away with the blanks before it, or a document would grow with each writing. */
function removeWithBlanks(element: Element): void {
  const before = element.previousSibling
  if (before && isBlank(before)) element.parentNode?.removeChild(before)
  element.parentNode?.removeChild(element)
}

/** The namespace that a prefix is bound to at an element; null where it is free. */
function prefixInUse(element: Element, prefix: string): string | null {
  for (let at: Node | null = element; at && at.nodeType === at.ELEMENT_NODE; at = at.parentNode) {
    // by its type it is an element
    const bound = (at as Element).getAttributeNS(XMLNS, prefix)
    if (bound) return bound
  }
  return null
}
