import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Route, Switch, useLocation, useSearch } from 'wouter'
import { Boundary } from './components/boundary.tsx'
import { EmptyState } from './components/state.tsx'
import { ToastArea } from './components/toast.tsx'
import { Frame } from './frame/frame.tsx'
import { ViewingBanner } from './frame/viewing-banner.tsx'
import { BulkArea } from './library/bulk/bulk-area.tsx'
import { ChoosingArea } from './library/choosing/choosing-area.tsx'
import { useListAddress } from './library/list-address.ts'
import { ListPage } from './library/views/list-page.tsx'
import { hasAlbums, useMe } from './me.ts'
import { MustChangePasswordPage } from './pages/login/must-change-password-page.tsx'
import { useShareAddress } from './shares/share-address.ts'
import { SharePage } from './shares/share-page.tsx'
import { useStartPage } from './start-page.ts'

const AlbumsPage = lazy(() =>
  import('./library/albums/albums-page.tsx').then((module) => ({ default: module.AlbumsPage })),
)
const RemovedAlbumsPage = lazy(() =>
  import('./library/albums/removed-albums-page.tsx').then((module) => ({
    default: module.RemovedAlbumsPage,
  })),
)
const FoldersPage = lazy(() =>
  import('./library/folders/folders-page.tsx').then((module) => ({ default: module.FoldersPage })),
)
const LibraryPage = lazy(() =>
  import('./library/views/library-page.tsx').then((module) => ({ default: module.LibraryPage })),
)
const TagsPage = lazy(() =>
  import('./library/tags/tags-page.tsx').then((module) => ({ default: module.TagsPage })),
)
const PreferencesPage = lazy(() =>
  import('./pages/preferences/preferences-page.tsx').then((module) => ({ default: module.PreferencesPage })),
)
const SharedPage = lazy(() =>
  import('./shares/shared-page.tsx').then((module) => ({ default: module.SharedPage })),
)
const JobsPage = lazy(() => import('./jobs/jobs-page.tsx').then((module) => ({ default: module.JobsPage })))
const SecurityPage = lazy(() =>
  import('./pages/preferences/security/security-page.tsx').then((module) => ({
    default: module.SecurityPage,
  })),
)
const AdminPage = lazy(() =>
  import('./pages/admin/admin-page.tsx').then((module) => ({ default: module.AdminPage })),
)

/** Everything behind the login: the frame and its pages. */
export function Household() {
  const me = useMe()
  useStartPage()
  // the viewer lies over a list, which stays as it was below
  const at = useListAddress()
  const shared = useShareAddress()
  const [location] = useLocation()
  const search = useSearch()
  return (
    <ToastArea>
      <ViewingBanner />
      {me.account.mustChangePassword ? (
        <MustChangePasswordPage />
      ) : (
        <BulkArea>
          <ChoosingArea>
            <Frame>
              <Boundary at={`${location}?${search}`}>
                {at && me.may.viewLibrary ? (
                  <ListPage key={JSON.stringify(at.place.list)} place={at.place} openPhotoId={at.photoId} />
                ) : shared ? (
                  <SharePage key={shared.path} at={shared} />
                ) : (
                  <Suspense fallback={null}>
                    <Switch>
                      {/* whoever has no library lands on what is shared with them */}
                      {!me.may.viewLibrary && <Route path="/" component={SharedPage} />}
                      {me.may.viewShared && (
                        <Route path={/^\/shared(?:\/(?:mine|everyone))?$/} component={SharedPage} />
                      )}
                      {me.may.viewLibrary && <Route path="/library" component={LibraryPage} />}
                      {hasAlbums(me) && <Route path="/albums" component={AlbumsPage} />}
                      {hasAlbums(me) && <Route path="/albums/deleted" component={RemovedAlbumsPage} />}
                      {me.may.viewLibrary && me.flags.folders && (
                        <Route path="/folders" component={FoldersPage} />
                      )}
                      {me.may.viewLibrary && me.flags.tags && <Route path="/tags" component={TagsPage} />}
                      {!me.viewing && <Route path="/preferences" component={PreferencesPage} />}
                      {me.may.ownJobs && !me.may.administer && <Route path="/jobs" component={JobsPage} />}
                      {!me.viewing && <Route path="/preferences/security" component={SecurityPage} />}
                      {me.may.administer && <Route path="/admin" component={AdminPage} />}
                      <Route component={NothingHere} />
                    </Switch>
                  </Suspense>
                )}
              </Boundary>
            </Frame>
          </ChoosingArea>
        </BulkArea>
      )}
    </ToastArea>
  )
}

function NothingHere() {
  const { t } = useTranslation()
  return (
    <EmptyState isPage title={t('frame.notFound')} action={<Link href="/">{t('frame.toPhotos')}</Link>} />
  )
}
