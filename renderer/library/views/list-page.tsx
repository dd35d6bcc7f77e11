import { AlbumPage } from '../albums/album-page.tsx'
import { FolderPage } from '../folders/folder-page.tsx'
import type { ListPlace } from '../photo-list.ts'
import { PhotosPage } from '../photos-page.tsx'
import { TagPage } from '../tags/tag-page.tsx'
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
      return <AlbumPage {...props} albumId={filter.albumId} />
    case 'folder':
      return <FolderPage {...props} folderId={filter.folderId} deep={filter.deep ?? false} />
    case 'tag':
      return <TagPage {...props} tagId={filter.tagId} />
    case 'rating':
      return <RatedPage {...props} atLeast={filter.atLeast} />
    default:
      return <ShelfPage {...props} shelf={filter.by} />
  }
}
