/* Lets the calls that write to files of one folder fail: DOCKMARK_FAULT is "FIRST COUNT ERRNO", DOCKMARK_FAULT_UNDER
   the folder. Call number FIRST fails, and COUNT - 1 after it. Counts in DOCKMARK_FAULT_TOLD, if that is a file. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static int seen, first = -1, count, number, told = -1;
static char under[4096];
static __thread int inside;

static void begin(void)
{
    const char *plan = getenv("DOCKMARK_FAULT"), *folder = getenv("DOCKMARK_FAULT_UNDER");
    const char *file = getenv("DOCKMARK_FAULT_TOLD");
    first = 0;
    if (plan == NULL || folder == NULL || sscanf(plan, "%d %d %d", &first, &count, &number) != 3)
        first = 0;
    if (folder != NULL)
        snprintf(under, sizeof under, "%s", folder);
    if (file != NULL)
        told = (int)syscall(2, file, O_WRONLY | O_CREAT | O_APPEND, 0600);
}

static int fails(const char *path)
{
    int now;
    if (inside)
        return 0;
    inside = 1;
    if (first < 0)
        begin();
    inside = 0;
    if (!under[0] || strncmp(path, under, strlen(under)) != 0)
        return 0;
    now = __sync_add_and_fetch(&seen, 1);
    if (told >= 0)
        (void)!syscall(1, told, ".", 1);
    if (first > 0 && now >= first && now < first + count) {
        errno = number;
        return 1;
    }
    return 0;
}

static int fails_on(int handle)
{
    char link[64], path[4096];
    ssize_t size;
    int before = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    size = readlink(link, path, sizeof path - 1);
    errno = before;
    if (size < 0)
        return 0;
    path[size] = 0;
    return fails(path);
}

#define REAL(kind, name, ...) \
    static kind (*real)(__VA_ARGS__); \
    if (real == NULL) \
        real = (kind(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

ssize_t write(int handle, const void *data, size_t size)
{
    REAL(ssize_t, "write", int, const void *, size_t);
    return fails_on(handle) ? -1 : real(handle, data, size);
}

ssize_t pwrite(int handle, const void *data, size_t size, off_t at)
{
    REAL(ssize_t, "pwrite", int, const void *, size_t, off_t);
    return fails_on(handle) ? -1 : real(handle, data, size, at);
}

ssize_t pwrite64(int handle, const void *data, size_t size, off64_t at)
{
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    return fails_on(handle) ? -1 : real(handle, data, size, at);
}

int fsync(int handle)
{
    REAL(int, "fsync", int);
    return fails_on(handle) ? -1 : real(handle);
}

int fdatasync(int handle)
{
    REAL(int, "fdatasync", int);
    return fails_on(handle) ? -1 : real(handle);
}

int ftruncate(int handle, off_t size)
{
    REAL(int, "ftruncate", int, off_t);
    return fails_on(handle) ? -1 : real(handle, size);
}

int ftruncate64(int handle, off64_t size)
{
    REAL(int, "ftruncate64", int, off64_t);
    return fails_on(handle) ? -1 : real(handle, size);
}

int rename(const char *from, const char *to)
{
    REAL(int, "rename", const char *, const char *);
    return fails(to) ? -1 : real(from, to);
}
