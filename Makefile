# SPDX-License-Identifier: GPL-3.0-or-later
#
# One Makefile for everything, for GNU make.  What is built lies under build/, or wherever O=dir says; a second,
# sanitized build of the same rules lies under its asan/.  V=1 shows the commands, WERROR=1 makes warnings errors.

VERSION := 0.1.0

# Where things are built; the tests are told by SOC_BUILD.
O ?= build
export SOC_BUILD := $(O)

PREFIX  ?= /usr/local
DESTDIR ?=
BINDIR  := $(PREFIX)/bin
LIBDIR  ?= $(PREFIX)/lib
INCLUDEDIR := $(PREFIX)/include
DATADIR := $(PREFIX)/share

CFLAGS   ?= -O3 -g
CXXFLAGS ?= -O2 -g

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

Q := $(if $(V),,@)
# say: a short line for each command; none with V=1, which shows the command, and none with make -s
SILENT := $(findstring s,$(filter-out --%,$(firstword -$(MAKEFLAGS))))
say = $(if $(V)$(SILENT),@:,@printf '  %-5s %s\n' '$(1)' '$(2)')

# Where make has a default of its own (cc, g++), prefer the names that the warnings are tested with.
ifeq ($(origin CC),default)
CC := gcc
endif
ifeq ($(origin CXX),default)
CXX := g++
endif
AR ?= ar
PYTHON ?= python3

# ---------------------------------------------------------------- what there is

# The folders, lowest first; an arrow may only go down (tests/runner/layers.py checks it).
LIB_DIRS := lib/base lib/soc lib/text lib/table lib/xapian lib/index lib/rank

sources = $(sort $(foreach dir,$(1),$(wildcard $(dir)/*.c $(dir)/*.cc)))

LIB_SOURCES     := $(call sources,$(LIB_DIRS))
INDEXER_SOURCES := $(filter-out indexer/soc_index_main.c,$(call sources,corpus corpus/families indexer))
QUERY_SOURCES   := $(filter-out query/soc_main.c,$(call sources,query query/engine query/output query/batch query/commands))
UNIT_SOURCES    := $(wildcard tests/unit/test_*.c)
FUZZ_SOURCES    := $(wildcard tests/fuzz/fuzz_*.c)
BENCH_SOURCES   := $(filter-out %/fts5_bench.c,$(wildcard tests/bench/*_bench.c))
EVAL_SOURCES    := $(wildcard tests/eval/*.c)

PROGRAMS := soc-index soc

# ---------------------------------------------------------------- flags

LIBRARIES := xapian-core libzip zlib jansson libutf8proc libxxhash libmd libpcre2-8 expat

# Goals that need no library: they work on a machine that has nothing yet.
BARE_GOALS := help clean deps deps-check uninstall
ifneq ($(filter-out $(BARE_GOALS),$(or $(MAKECMDGOALS),all)),)
ifneq ($(shell pkg-config --exists $(LIBRARIES) && echo yes),yes)
$(error libraries are missing: run `make deps`, or see deps.txt)
endif
LIBRARY_CFLAGS := $(shell pkg-config --cflags $(LIBRARIES))
# libzip is loaded when a zip is opened (lib/table/zip.h), by the name that linking with it would have left in the
# program; what writes zips, in tests, is linked with it.
READELF        ?= readelf
LINKED         := $(filter-out libzip,$(LIBRARIES))
ZIP_LIBS       := $(shell pkg-config --libs libzip)
ZIP_FILE       := $(firstword $(wildcard $(shell pkg-config --variable=libdir libzip)/libzip.so) $(shell $(CC) -print-file-name=libzip.so))
ZIP_SONAME     := $(shell LC_ALL=C $(READELF) -d $(ZIP_FILE) | sed -n 's/.*(SONAME).*\[\(.*\)\]/\1/p')
ifeq ($(ZIP_SONAME),)
$(error the name of the shared libzip cannot be read from $(ZIP_FILE) with $(READELF): say make ZIP_SONAME=libzip.so.N)
endif
# Small libraries are linked in where they are there as archives: a process then starts half a millisecond sooner.
SMALL_LIBRARIES := jansson utf8proc md pcre2-8 expat stemmer
link_in         = $(shell f=$$($(CC) -print-file-name=lib$(1).a); [ -e "$$f" ] && echo "$$f" || echo -l$(1))
SHARED_LIBS    := $(filter-out $(SMALL_LIBRARIES:%=-l%),$(shell pkg-config --libs $(LINKED)))
# A shared library takes no archives of others, which may not be position-independent.
PLAIN_LIBS     := $(shell pkg-config --libs $(LINKED)) -lstemmer -lm
LIBRARY_LIBS   := $(foreach library,$(SMALL_LIBRARIES),$(call link_in,$(library))) $(SHARED_LIBS) -lm
endif

ifneq ($(filter check asan,$(MAKECMDGOALS)),)
WERROR ?= 1
endif

WARNINGS     := -Wall -Wextra -Wshadow -Wformat=2 -Wvla -Wconversion $(if $(filter 1,$(WERROR)),-Werror)
C_WARNINGS   := $(WARNINGS) -Wstrict-prototypes -Wmissing-prototypes
# All is position-independent, for the shared library; what is hidden costs no more than in a program of its own.
PIC          := -fPIC -fvisibility=hidden
# -MD, not -MMD: the test of the layers wants to see <xapian.h> too.
COMMON_FLAGS  = -I. -pthread $(PIC) $(LIBRARY_CFLAGS) -DSOC_VERSION='"$(VERSION)"' -MD -MP
C_FLAGS       = -std=c11 -D_POSIX_C_SOURCE=200809L $(C_WARNINGS) $(COMMON_FLAGS)
CXX_FLAGS     = -std=c++17 $(WARNINGS) $(COMMON_FLAGS)

# The variants: folder, extra flags, compilers.  -DSOC_FAULTS lets tests make allocations and system calls
# fail; only the tests' own variants have it.
VARIANTS := $(O) $(O)/asan
FLAGS_$(O)      :=
FLAGS_$(O)/asan := -O2 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -DSOC_FAULTS
ifneq ($(filter fuzz,$(MAKECMDGOALS)),)
VARIANTS += $(O)/fuzz
FLAGS_$(O)/fuzz := -fsanitize=fuzzer-no-link,address,undefined -fno-omit-frame-pointer -DSOC_FAULTS
CC_$(O)/fuzz    := clang
CXX_$(O)/fuzz   := clang++
endif

cc  = $(or $(CC_$(1)),$(CC))
cxx = $(or $(CXX_$(1)),$(CXX))

# ---------------------------------------------------------------- rules, once for each variant

objects = $(addprefix $(1)/obj/,$(addsuffix .o,$(basename $(2))))

define variant_rules

$(1)/obj/%.o: %.c Makefile
	@mkdir -p $$(@D)
	$$(call say,CC,$$@)
	$$(Q)$$(call cc,$(1)) $$(C_FLAGS) $$(CFLAGS) $$(FLAGS_$(1)) $$(CPPFLAGS) -c -o $$@ $$<

$(1)/obj/%.o: %.cc Makefile
	@mkdir -p $$(@D)
	$$(call say,CXX,$$@)
	$$(Q)$$(call cxx,$(1)) $$(CXX_FLAGS) $$(CXXFLAGS) $$(FLAGS_$(1)) $$(CPPFLAGS) -c -o $$@ $$<

# These are loops over arrays of numbers, which -O3 makes twice as fast: they have it whatever CFLAGS says.
$(1)/obj/indexer/classifier_train.o $(1)/obj/indexer/lsa_train.o $(1)/obj/lib/rank/lsa.o $(1)/obj/lib/rank/classifier.o \
$(1)/obj/lib/rank/simd.o: CFLAGS += -O3

# The package: libzip.so.4 is in libzip4.
$(1)/obj/lib/table/zip.o: C_FLAGS += -DZIP_SONAME='"$(ZIP_SONAME)"' -DZIP_PACKAGE='"$(subst .so.,,$(ZIP_SONAME))"'

# Archives are made anew, by ar q: files of one name in two folders are two members.
$(1)/obj/lib.a: $$(call objects,$(1),$$(LIB_SOURCES))
$(1)/obj/indexer.a: $$(call objects,$(1),$$(INDEXER_SOURCES))
$(1)/obj/query.a: $$(call objects,$(1),$$(LIB_SOURCES) $$(QUERY_SOURCES))

# Each program is linked with the folders below it and no others.
$(1)/soc-index: $$(call objects,$(1),indexer/soc_index_main.c) $(1)/obj/indexer.a $(1)/obj/lib.a
$(1)/soc: $$(call objects,$(1),query/soc_main.c) $(1)/obj/query.a

$(1)/soc-index $(1)/soc:
	$$(call say,LINK,$$@)
	$$(Q)$$(call cxx,$(1)) -pthread $$(CXXFLAGS) $$(FLAGS_$(1)) $$(LDFLAGS) -o $$@ $$^ $$(LIBRARY_LIBS)

$(1)/tests/unit/%: $(1)/obj/tests/unit/%.o $(1)/obj/indexer.a $(1)/obj/query.a
	@mkdir -p $$(@D)
	$$(call say,LINK,$$@)
	$$(Q)$$(call cxx,$(1)) -pthread $$(CXXFLAGS) $$(FLAGS_$(1)) $$(LDFLAGS) -o $$@ $$^ $$(LIBRARY_LIBS) $$(ZIP_LIBS) -lcmocka

# BENCH_LIBS: for the engine that the program compares with.
$(1)/tests/bench/%: $(1)/obj/tests/bench/%.o $(1)/obj/indexer.a $(1)/obj/query.a
	@mkdir -p $$(@D)
	$$(call say,LINK,$$@)
	$$(Q)$$(call cxx,$(1)) -pthread $$(CXXFLAGS) $$(FLAGS_$(1)) $$(LDFLAGS) -o $$@ $$^ $$(LIBRARY_LIBS) $$(BENCH_LIBS)

$(1)/tests/eval/%: $(1)/obj/tests/eval/%.o $(1)/obj/query.a
	@mkdir -p $$(@D)
	$$(call say,LINK,$$@)
	$$(Q)$$(call cxx,$(1)) -pthread $$(CXXFLAGS) $$(FLAGS_$(1)) $$(LDFLAGS) -o $$@ $$^ $$(LIBRARY_LIBS)

# Outside `make fuzz`, a fuzz target only replays the inputs that it is given.
$(1)/tests/fuzz/%: $(1)/obj/tests/fuzz/%.o $(if $(filter %/fuzz,$(1)),,$(1)/obj/tests/fuzz/replay.o) $(1)/obj/indexer.a $(1)/obj/query.a
	@mkdir -p $$(@D)
	$$(call say,LINK,$$@)
	$$(Q)$$(call cxx,$(1)) -pthread $$(CXXFLAGS) $$(FLAGS_$(1)) $(if $(filter %/fuzz,$(1)),-fsanitize=fuzzer) $$(LDFLAGS) -o $$@ $$^ $$(LIBRARY_LIBS) $$(ZIP_LIBS)

endef

$(foreach variant,$(VARIANTS),$(eval $(call variant_rules,$(variant))))

# ---------------------------------------------------------------- the library

# query/socsearch.h over as much of query.a as it needs.  SOVERSION is raised when a program would have to be compiled anew.
SOVERSION   := 0
SHARED_NAME := libsocsearch.so.$(SOVERSION)
SHARED_FILE := $(O)/libsocsearch.so.$(VERSION)
OBJCOPY     ?= objcopy

$(SHARED_FILE): $(O)/obj/query/socsearch.o $(O)/obj/query.a query/socsearch.map
	$(call say,LINK,$@)
	$(Q)$(CXX) -shared -pthread $(CXXFLAGS) $(LDFLAGS) -Wl,-soname,$(SHARED_NAME) -Wl,--version-script=query/socsearch.map \
		-Wl,-z,defs -Wl,--as-needed -o $@ $(filter %.o %.a,$^) $(PLAIN_LIBS)

# In the archive one object, in which names of our own are nobody else's.
$(O)/libsocsearch.a: $(O)/obj/socsearch_all.o
$(O)/obj/socsearch_all.o: $(O)/obj/query/socsearch.o $(O)/obj/query.a
	$(call say,LINK,$@)
	$(Q)$(CC) -r -nostdlib -o $@ $^ && $(OBJCOPY) --localize-hidden $@

# Written at the end of an installation, which alone knows the folders.
define PKG_CONFIG_FILE
prefix=$(PREFIX)
libdir=$(LIBDIR)
includedir=$(INCLUDEDIR)

Name: socsearch
Description: rank US occupation codes (SOC) for a job, offline, with the evidence
Version: $(VERSION)
Cflags: -I$${includedir}
Libs: -L$${libdir} -lsocsearch
Libs.private: $(PLAIN_LIBS) -lstdc++ -pthread
endef

%.a:
	@mkdir -p $(@D)
	$(call say,AR,$@)
	$(Q)rm -f $@ && $(AR) qcs $@ $^

.SECONDARY:
-include $(shell find $(O) -name '*.d' 2>/dev/null)

# ---------------------------------------------------------------- manual pages, completions

MAN_PAGES   := $(foreach p,$(PROGRAMS),$(O)/man/$(p).1)
COMPLETIONS := $(foreach p,$(PROGRAMS),$(O)/completions/bash/$(p) $(O)/completions/zsh/_$(p) $(O)/completions/fish/$(p).fish)

# $(1): the file's pattern; $(2): what the program is asked for.  Each is made from the program's own table.
define generated_rule
$(1): $(O)/%
	@mkdir -p $$(@D)
	$$(call say,GEN,$$@)
	$$(Q)$(O)/$$* --generate $(2) >$$@
endef
$(eval $(call generated_rule,$(O)/man/%.1,man))
$(eval $(call generated_rule,$(O)/completions/bash/%,bash))
$(eval $(call generated_rule,$(O)/completions/zsh/_%,zsh))
$(eval $(call generated_rule,$(O)/completions/fish/%.fish,fish))

# ---------------------------------------------------------------- targets

.PHONY: all
all: $(addprefix $(O)/,$(PROGRAMS)) $(O)/libsocsearch.a $(SHARED_FILE) $(MAN_PAGES) $(COMPLETIONS) ## build the programs, the library, man pages and completions (the default)

UNIT_TESTS   := $(UNIT_SOURCES:%.c=$(O)/asan/%)
FUZZ_REPLAYS := $(FUZZ_SOURCES:%.c=$(O)/asan/%)

EVAL_PROGRAMS  := $(EVAL_SOURCES:%.c=$(O)/%)
BENCH_PROGRAMS := $(BENCH_SOURCES:%.c=$(O)/%)
ifneq ($(filter bench,$(MAKECMDGOALS)),)
# SQLite is there to be compared with, and nothing else here needs it.
ifeq ($(shell pkg-config --exists sqlite3 && echo yes),yes)
BENCH_RIVALS := $(O)/tests/bench/fts5_bench
$(O)/tests/bench/fts5_bench: BENCH_LIBS := $(shell pkg-config --libs sqlite3)
# A process of its own must not spend its time loading libraries that only soc-search needs.
$(O)/tests/bench/fts5_bench: LDFLAGS += -Wl,--as-needed
endif
endif

.PHONY: check
check: all $(O)/obj/indexer.a asan-build $(BENCH_PROGRAMS) $(EVAL_PROGRAMS) ## run all tests, also with address and undefined-behaviour sanitizers
	@$(PYTHON) tests/run $(RUN)

.PHONY: asan asan-build
asan: asan-build ## build and run only what is sanitized
	@$(PYTHON) tests/run --only unit --only fuzz --only fault --only cli-asan
asan-build: $(addprefix $(O)/asan/,$(PROGRAMS)) $(UNIT_TESTS) $(FUZZ_REPLAYS)

# FETCH_ONLY='onet oews' and the like: corpus/fetch --help tells all of them.
.PHONY: fetch
fetch: ## bring the releases of corpus/releases.tsv to the cache, ~/.cache/soc
	@sh corpus/fetch

# SOC_RELEASE: a release as published (zip or folder); without it, what `make fetch` brought, else the sample.
.PHONY: demo
demo: all ## index $SOC_RELEASE (else what was fetched, else the embedded sample) and answer three questions
	@sh tests/demo.sh

.PHONY: eval
eval: all $(EVAL_PROGRAMS) ## measure the ranking on the development sets; EVAL=--help tells more
	@$(PYTHON) tests/eval/eval $(EVAL)

.PHONY: fit
fit: all $(EVAL_PROGRAMS) ## learn the weights of the features anew from the development sets
	@$(PYTHON) tests/eval/fit

.PHONY: bench
bench: all $(BENCH_PROGRAMS) $(BENCH_RIVALS) ## measure speed and size beside other engines; BENCH=--help tells more
	@$(PYTHON) tests/bench/bench $(BENCH)

FUZZ_SECONDS ?= 60
.PHONY: fuzz
fuzz: $(FUZZ_SOURCES:%.c=$(O)/fuzz/%) ## fuzz each target for FUZZ_SECONDS (60); needs clang
	@sh tests/fuzz/run.sh $(FUZZ_SECONDS) $^

.PHONY: deps deps-check
deps: ## install the packages that the build needs (Debian, Ubuntu)
	@sh ./setup --packages build
deps-check: ## install the packages that the tests need besides
	@sh ./setup --packages build fetch test

# Installed as they lie here, so that the links of the README lead on.
DOCS := $(wildcard docs/*.md docs/*.c)

.PHONY: install uninstall
install: all ## install under $DESTDIR$PREFIX (/usr/local)
	$(Q)install -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(DATADIR)/man/man1 \
		$(DESTDIR)$(DATADIR)/bash-completion/completions $(DESTDIR)$(DATADIR)/zsh/site-functions \
		$(DESTDIR)$(DATADIR)/fish/vendor_completions.d $(DESTDIR)$(DATADIR)/doc/soc-search/docs \
		$(DESTDIR)$(LIBDIR)/pkgconfig $(DESTDIR)$(INCLUDEDIR)
	$(Q)for p in $(PROGRAMS); do \
		install -m 755 $(O)/$$p $(DESTDIR)$(BINDIR)/ && \
		install -m 644 $(O)/man/$$p.1 $(DESTDIR)$(DATADIR)/man/man1/ && \
		install -m 644 $(O)/completions/bash/$$p $(DESTDIR)$(DATADIR)/bash-completion/completions/ && \
		install -m 644 $(O)/completions/zsh/_$$p $(DESTDIR)$(DATADIR)/zsh/site-functions/ && \
		install -m 644 $(O)/completions/fish/$$p.fish $(DESTDIR)$(DATADIR)/fish/vendor_completions.d/ || exit 1; \
	done
	$(Q)install -m 644 README.md LICENSE $(DESTDIR)$(DATADIR)/doc/soc-search/
	$(Q)install -m 644 $(DOCS) $(DESTDIR)$(DATADIR)/doc/soc-search/docs/
	$(Q)install -m 644 query/socsearch.h $(DESTDIR)$(INCLUDEDIR)/
	$(Q)install -m 644 $(O)/libsocsearch.a $(SHARED_FILE) $(DESTDIR)$(LIBDIR)/
	$(Q)ln -sf $(notdir $(SHARED_FILE)) $(DESTDIR)$(LIBDIR)/$(SHARED_NAME)
	$(Q)ln -sf $(SHARED_NAME) $(DESTDIR)$(LIBDIR)/libsocsearch.so
	$(file >$(O)/socsearch.pc,$(PKG_CONFIG_FILE))
	$(Q)install -m 644 $(O)/socsearch.pc $(DESTDIR)$(LIBDIR)/pkgconfig/
uninstall: ## remove what install put there
	$(Q)for p in soc soc-index; do \
		rm -f $(DESTDIR)$(BINDIR)/$$p $(DESTDIR)$(DATADIR)/man/man1/$$p.1 \
			$(DESTDIR)$(DATADIR)/bash-completion/completions/$$p \
			$(DESTDIR)$(DATADIR)/zsh/site-functions/_$$p \
			$(DESTDIR)$(DATADIR)/fish/vendor_completions.d/$$p.fish; \
	done
	$(Q)rm -rf $(DESTDIR)$(DATADIR)/doc/soc-search
	$(Q)rm -f $(DESTDIR)$(INCLUDEDIR)/socsearch.h $(DESTDIR)$(LIBDIR)/libsocsearch.* $(DESTDIR)$(LIBDIR)/pkgconfig/socsearch.pc

.PHONY: clean
clean: ## remove everything that was built
	$(Q)rm -rf $(O)

.PHONY: help
help: ## show this list
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/\1\t\2/p' $(firstword $(MAKEFILE_LIST)) | \
		while IFS='	' read -r target text; do printf '  %-12s %s\n' "$$target" "$$text"; done
