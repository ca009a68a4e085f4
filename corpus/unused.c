// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * unused.c - releases that are recognised, so that a folder with all that is published can be given, and
 * that this version does not read: their tables have no read function.
 */
#include "corpus/family.h"

#define ADVICE "leave it out: this version does not use it"

/* ---- DOL FLAG: Appendix A, Job Zones and education of a wage year ---- */

static const struct column_spec flag_education[] = {
	{ { "O*NET Code" }, MARK }, { { "Education" }, MARK }, { { "Source" }, MARK },
};

static const struct column_spec flag_zones[] = {
	{ { "O*NET Code" }, MARK }, { { "Job Zone" }, MARK }, { { "Source" }, MARK },
};

static const struct table_spec flag_tables[] = {
	{ .table = "Education by occupation", .every_sheet = true, COLUMNS(flag_education) },
	{ .table = "Job Zones by occupation", COLUMNS(flag_zones) },
};

const struct family family_flag = {
	.name = "flag",
	.title = "FLAG wage year: Appendix A, Job Zones, education",
	.what = "Appendix A, Job Zones and education of a FLAG wage year",
	.advice = ADVICE,
	TABLES(flag_tables),
};

/* ---- OEWS ---- */

static const struct column_spec oews_columns[] = {
	{ { "OCC_CODE" }, MARK }, { { "OCC_TITLE" }, MARK }, { { "TOT_EMP" }, MARK }, { { "A_MEDIAN" }, MARK },
};

static const struct table_spec oews_tables[] = {
	{ .table = "Wages and employment", COLUMNS(oews_columns) },
};

const struct family family_oews = {
	.name = "oews",
	.title = "OEWS wages and employment",
	.what = "OEWS wages and employment",
	.advice = ADVICE,
	TABLES(oews_tables),
};

/* ---- Employment Projections ---- */

static const struct column_spec projection_columns[] = {
	{ { "*National Employment Matrix code", "*National Employment Matrix occupation code" }, MARK },
};

static const struct table_spec projection_tables[] = {
	{ .table = "Projections", .every_sheet = true, COLUMNS(projection_columns) },
};

const struct family family_projections = {
	.name = "projections",
	.title = "Employment Projections",
	.what = "the Employment Projections",
	.advice = ADVICE,
	TABLES(projection_tables),
};

/* ---- fields of study ---- */

static const struct column_spec cip_columns[] = {
	{ { "SOC2018Code" }, MARK }, { { "CIP2020Code" }, MARK },
};

static const struct table_spec cip_tables[] = {
	{ .table = "SOC 2018 to CIP 2020", COLUMNS(cip_columns) },
};

const struct family family_cip = {
	.name = "soc-cip",
	.title = "SOC 2018 to CIP 2020 crosswalk",
	.what = "the crosswalk from SOC 2018 to CIP 2020",
	.advice = ADVICE,
	TABLES(cip_tables),
};

/* ---- lists of what is STEM ---- */

static const struct column_spec stem_cip_columns[] = {
	{ { "2020 CIP Code" }, MARK }, { { "CIP Code Title" }, MARK },
	{ { "CIP Code Two-Digit Series" }, MARK },
};

static const struct table_spec stem_cip_tables[] = {
	{ .table = "STEM degree programmes", COLUMNS(stem_cip_columns) },
};

const struct family family_stem_cip = {
	.name = "stem-cip",
	.title = "DHS STEM degree programmes",
	.what = "the STEM degree programmes of the DHS",
	.advice = ADVICE,
	TABLES(stem_cip_tables),
};

static const struct column_spec stem_census_columns[] = {
	{ { "CENSUS_OCC" }, MARK }, { { "NCSES_CLASS" }, MARK },
};

static const struct table_spec stem_census_tables[] = {
	{ .table = "STEM classes of Census occupations", COLUMNS(stem_census_columns) },
};

const struct family family_stem_census = {
	.name = "stem-census",
	.title = "NCSES classes of Census occupations",
	.what = "the NCSES classes of Census occupations",
	.advice = ADVICE,
	TABLES(stem_census_tables),
};

static const struct column_spec stem_onet_columns[] = {
	{ { "Code" }, MARK }, { { "Occupation" }, MARK }, { { "Occupation Types" }, MARK },
};

static const struct table_spec stem_onet_tables[] = {
	{ .table = "STEM occupations", COLUMNS(stem_onet_columns) },
};

const struct family family_stem_onet = {
	.name = "stem-onet",
	.title = "O*NET list of STEM occupations",
	.what = "the O*NET list of STEM occupations",
	.advice = ADVICE,
	TABLES(stem_onet_tables),
};
