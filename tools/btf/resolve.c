// SPDX-License-Identifier: GPL-2.0
/*
 * resolve MODULE.ko BASE
 *
 * Runs on the machine that builds, once pahole has put .BTF in a module: fills in what
 * <linux/btf_ids.h> left zero in .BTF_ids, the ids of functions, and how many each set
 * has. BASE is what .BTF builds on: the kernel's, of vmlinux or raw. It is what the
 * kernel's resolve_btfids does, without which most of the packages of headers come, for
 * the two macros that the modules use: BTF_KFUNCS_START() and BTF_ID_FLAGS(func).
 *
 * Files are of the machine's own word size and byte order, and are believed.
 */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/btf.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define FUNC	"__BTF_ID__func__"
#define SET8	"__BTF_ID__set8__"

struct file {
	const char *name;
	char *data;
	size_t size;
};

/**
 * struct btf - types
 * @strings: their names
 * @strings_len: bytes of them
 * @types: one after the other
 * @types_len: bytes of them
 */
struct btf {
	const char *strings;
	__u32 strings_len;
	const char *types;
	__u32 types_len;
};

static void __attribute__((noreturn, format(printf, 2, 3)))
die(const char *name, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	fprintf(stderr, "%s: ", name);
	vfprintf(stderr, fmt, args);
	fputc('\n', stderr);
	va_end(args);
	exit(1);
}

static struct file map(const char *name, int write)
{
	struct file file = { .name = name };
	int fd = open(name, write ? O_RDWR : O_RDONLY);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0)
		die(name, "%s", strerror(errno));
	file.size = st.st_size;
	file.data = mmap(NULL, file.size, write ? PROT_READ | PROT_WRITE : PROT_READ,
			 MAP_SHARED, fd, 0);
	if (file.data == MAP_FAILED)
		die(name, "%s", strerror(errno));
	close(fd);
	return file;
}

static int is_elf(const struct file *file)
{
	return file->size > sizeof(Elf64_Ehdr) && !memcmp(file->data, ELFMAG, SELFMAG);
}

/* A section of that name, or else of that type; NULL: there is none */
static const Elf64_Shdr *section(const struct file *file, const char *name, __u32 type)
{
	const Elf64_Ehdr *elf = (void *)file->data;
	const Elf64_Shdr *sections = (void *)(file->data + elf->e_shoff);
	const char *names = file->data + sections[elf->e_shstrndx].sh_offset;
	int i;

	if (elf->e_ident[EI_CLASS] != ELFCLASS64)
		die(file->name, "not of 64 bits");
	for (i = 0; i < elf->e_shnum; i++)
		if (name ? !strcmp(names + sections[i].sh_name, name) : sections[i].sh_type == type)
			return &sections[i];
	return NULL;
}

static struct btf find_btf(const struct file *file)
{
	const char *start = file->data;
	const struct btf_header *h;
	struct btf btf;

	if (is_elf(file)) {
		const Elf64_Shdr *s = section(file, ".BTF", 0);

		if (!s)
			die(file->name, "no .BTF");
		start += s->sh_offset;
	}
	h = (void *)start;
	if (h->magic != BTF_MAGIC)
		die(file->name, "not BTF");
	btf.types = start + h->hdr_len + h->type_off;
	btf.types_len = h->type_len;
	btf.strings = start + h->hdr_len + h->str_off;
	btf.strings_len = h->str_len;
	return btf;
}

/* How long a type is: what follows the common part depends on its kind */
static size_t type_len(const struct btf_type *t)
{
	__u32 n = BTF_INFO_VLEN(t->info);
	size_t len = sizeof(*t);

	switch (BTF_INFO_KIND(t->info)) {
	case BTF_KIND_INT:
		return len + sizeof(__u32);
	case BTF_KIND_ARRAY:
		return len + sizeof(struct btf_array);
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		return len + n * sizeof(struct btf_member);
	case BTF_KIND_ENUM:
		return len + n * sizeof(struct btf_enum);
	case BTF_KIND_FUNC_PROTO:
		return len + n * sizeof(struct btf_param);
	case BTF_KIND_VAR:
		return len + sizeof(struct btf_var);
	case BTF_KIND_DATASEC:
		return len + n * sizeof(struct btf_var_secinfo);
	case BTF_KIND_DECL_TAG:
		return len + sizeof(__u32);
	case BTF_KIND_ENUM64:
		return len + n * 3 * sizeof(__u32);
	default:
		return len;
	}
}

/* The id of the function of that name, or NULL for none: how many types there are. Names
 * go on where those of the base end.
 */
static __u32 find_func(const struct btf *btf, __u32 base_strings, const char *name, size_t len)
{
	const char *p = btf->types;
	__u32 id = 0;

	for (; p < btf->types + btf->types_len; p += type_len((void *)p)) {
		const struct btf_type *t = (void *)p;
		const char *s = btf->strings + t->name_off - base_strings;

		id++;
		if (name && BTF_INFO_KIND(t->info) == BTF_KIND_FUNC &&
		    t->name_off >= base_strings && !strncmp(s, name, len) && !s[len])
			return id;
	}
	return name ? 0 : id;
}

static int by_id(const void *a, const void *b)
{
	__u32 x = *(const __u32 *)a, y = *(const __u32 *)b;

	return x < y ? -1 : x > y;
}

/* Functions first, then the sets, which are to be in the order of ids: @sets says which.
 * The name of a function ends with two underscores and a number that makes it unique; a
 * set begins with how many it has and flags, then has an id and flags of each.
 */
static void resolve(const struct file *ko, const struct btf *btf, const struct btf *base, int sets)
{
	const Elf64_Shdr *ids = section(ko, ".BTF_ids", 0);
	const Elf64_Shdr *symtab = section(ko, NULL, SHT_SYMTAB);
	const Elf64_Shdr *all = (void *)(ko->data + ((Elf64_Ehdr *)ko->data)->e_shoff);
	__u32 before = find_func(base, 0, NULL, 0);
	const Elf64_Sym *sym;

	if (!ids || !symtab)
		die(ko->name, "no .BTF_ids, or no symbols");
	sym = (void *)(ko->data + symtab->sh_offset);
	for (; (char *)sym < ko->data + symtab->sh_offset + symtab->sh_size; sym++) {
		const char *name = ko->data + all[symtab->sh_link].sh_offset + sym->st_name;
		__u32 *word = (void *)(ko->data + ids->sh_offset + sym->st_value);
		__u32 id;

		if (sym->st_shndx != ids - all)
			continue;
		if (sets && !strncmp(name, SET8, strlen(SET8))) {
			word[0] = sym->st_size / 8 - 1;
			qsort(word + 2, word[0], 8, by_id);
		} else if (!sets && !strncmp(name, FUNC, strlen(FUNC))) {
			name += strlen(FUNC);
			id = find_func(btf, base->strings_len, name, strrchr(name, '_') - 1 - name);
			if (!id)
				die(ko->name, "not in its BTF: %s", name);
			*word = before + id;
		}
	}
}

int main(int argc, char **argv)
{
	struct btf btf, base_btf;
	struct file ko, base;

	if (argc != 3)
		die(argv[0], "say MODULE.ko BASE");
	ko = map(argv[1], 1);
	base = map(argv[2], 0);
	if (!is_elf(&ko))
		die(ko.name, "not a module");
	btf = find_btf(&ko);
	base_btf = find_btf(&base);
	resolve(&ko, &btf, &base_btf, 0);
	resolve(&ko, &btf, &base_btf, 1);
	return 0;
}
