import type { ListPlace } from '../photo-list.ts'
import { PhotosPage } from '../photos-page.tsx'
import { RatedPage } from './rated-page.tsx'
import { ShelfPage } from './shelf-page.tsx'

interface ListPageProps {
  place: ListPlace
  openPhotoId: number | null
}

/** The page of a list, as its filter says. */
export function ListPage(props: ListPageProps) {
  const { filter } = props.place.list
  if (!filter) return <PhotosPage {...props} />
  switch (filter.by) {
    case 'album':
    case 'folder':
    case 'tag':
      // no address leads to these yet
      return null
    case 'rating':
      return <RatedPage {...props} atLeast={filter.atLeast} />
    default:
      return <ShelfPage {...props} shelf={filter.by} />
  }
}
