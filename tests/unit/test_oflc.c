// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * test_oflc.c - disclosure files: every layout since FY2008, dates, statuses, what a file is.
 */
#include "tests/unit/corpus_make.h"
#include "tests/unit/corpus_notes.h"

/* ---- layouts ---- */

#define RIGHT "Goat Herder"
#define CODE "45-2093"

/* One file of each.  The columns named hold what is right; all others hold what would be wrong. */
static const struct layout {
	const char *what;
	const char *header;
	const char *title, *code; /* columns */
	const char *status_column, *status;
	const char *date_column, *date;
	const char *visa_column, *visa;
	const char *file; /* NULL: a name that says nothing */
	enum programme programme;
	int year;
	const char *source; /* its title */
} layouts[] = {
	/* LCA */
	{ "LCA FY2010",
	  "LCA_CASE_NUMBER,STATUS,LCA_CASE_SUBMIT,DECISION_DATE,LCA_CASE_EMPLOYER_NAME,LCA_CASE_JOB_TITLE,"
	  "LCA_CASE_SOC_CODE,LCA_CASE_SOC_NAME,LCA_CASE_WAGE_RATE_FROM,LCA_CASE_NAICS_CODE,"
	  "WORK_LOCATION_STATE1,TOTAL_WORKERS",
	  "LCA_CASE_JOB_TITLE", "LCA_CASE_SOC_CODE", "STATUS", "CERTIFIED", "DECISION_DATE", "10/15/2009", "", "", NULL,
	  PROGRAMME_LCA, 2010, "LCA disclosure FY2010" },
	{ "LCA FY2013",
	  "LCA_CASE_NUMBER,STATUS,LCA_CASE_SUBMIT,Decision_Date,VISA_CLASS,LCA_CASE_EMPLOYER_NAME,"
	  "LCA_CASE_SOC_CODE,LCA_CASE_SOC_NAME,LCA_CASE_JOB_TITLE,LCA_CASE_WAGE_RATE_FROM",
	  "LCA_CASE_JOB_TITLE", "LCA_CASE_SOC_CODE", "STATUS", "CERTIFIED-WITHDRAWN", "Decision_Date",
	  "2012-10-01 00:00:00", "VISA_CLASS", "H-1B", NULL, PROGRAMME_LCA, 2013, "LCA disclosure FY2013" },
	{ "LCA FY2015",
	  "CASE_NUMBER,CASE_STATUS,CASE_SUBMITTED,DECISION_DATE,VISA_CLASS,EMPLOYER_NAME,JOB_TITLE,SOC_CODE,"
	  "SOC_NAME,WAGE_RATE_OF_PAY,PW_WAGE_LEVEL,NAIC_CODE,WORKSITE_STATE,TOTAL WORKERS",
	  "JOB_TITLE", "SOC_CODE", "CASE_STATUS", "CERTIFIED", "DECISION_DATE", "9/30/2015", "VISA_CLASS",
	  "H-1B1 Chile", NULL, PROGRAMME_LCA, 2015, "LCA disclosure FY2015" },
	{ "LCA FY2016",
	  "CASE_NUMBER,CASE_STATUS,CASE_SUBMITTED,DECISION_DATE,VISA_CLASS,EMPLOYER_NAME,EMPLOYER _CITY,JOB_TITLE,"
	  "SOC_CODE,SOC_NAME,NAIC_CODE,TOTAL_WORKERS,H-1B_DEPENDENT,WILLFUL VIOLATOR",
	  "JOB_TITLE", "SOC_CODE", "CASE_STATUS", "CERTIFIED", "DECISION_DATE", "42370", "VISA_CLASS", "E-3 Australian",
	  NULL, PROGRAMME_LCA, 2016, "LCA disclosure FY2016" },
	{ "LCA FY2018",
	  "CASE_NUMBER,CASE_STATUS,CASE_SUBMITTED,DECISION_DATE,VISA_CLASS,EMPLOYER_NAME,JOB_TITLE,SOC_CODE,"
	  "SOC_NAME,NAICS_CODE,TOTAL_WORKERS,PW_WAGE_LEVEL,WAGE_RATE_OF_PAY_FROM",
	  "JOB_TITLE", "SOC_CODE", "CASE_STATUS", "CERTIFIED", "DECISION_DATE", "43100.5", "VISA_CLASS", "H-1B",
	  "H-1B_Disclosure_Data_FY2018_EOY.csv", PROGRAMME_LCA, 2018, "LCA disclosure FY2018" },
	{ "LCA FY2019",
	  "CASE_NUMBER,CASE_STATUS,CASE_SUBMITTED,DECISION_DATE,VISA_CLASS,JOB_TITLE,SOC_CODE,SOC_TITLE,"
	  "TOTAL_WORKER_POSITIONS,EMPLOYER_NAME,WORKSITE_STATE_1,WAGE_RATE_OF_PAY_FROM_1,PW_WAGE_LEVEL_1",
	  "JOB_TITLE", "SOC_CODE", "CASE_STATUS", "Certified - Withdrawn", "DECISION_DATE", "1/2/19", "VISA_CLASS",
	  "H-1B1 Singapore", NULL, PROGRAMME_LCA, 2019, "LCA disclosure FY2019" },
	{ "LCA FY2020 and after",
	  "CASE_NUMBER,CASE_STATUS,RECEIVED_DATE,DECISION_DATE,VISA_CLASS,EMPLOYER_POC_JOB_TITLE,JOB_TITLE,SOC_CODE,"
	  "SOC_TITLE,FULL_TIME_POSITION,TOTAL_WORKER_POSITIONS,EMPLOYER_NAME,EMPLOYER_FEIN,"
	  "LAWFIRM_BUSINESS_FEIN,NAICS_CODE,WORKSITE_STATE,PW_TRACKING_NUMBER,PW_WAGE_LEVEL,H_1B_DEPENDENT,"
	  "WILLFUL_VIOLATOR",
	  "JOB_TITLE", "SOC_CODE", "CASE_STATUS", "Certified", "DECISION_DATE", "2023-12-31", "VISA_CLASS", "H-1B",
	  "LCA_Disclosure_Data_FY2024_Q1.csv", PROGRAMME_LCA, 2024, "LCA disclosure FY2024 Q1" },
	/* PERM */
	{ "PERM FY2008",
	  "CASE_NO,CASE_STATUS,DECISION_DATE,EMPLOYER_NAME,2007_NAICS_US_CODE,PW_JOB_TITLE_9089,PW_SOC_CODE,"
	  "PW_SOC_TITLE,PW_LEVEL_9089,CLASS_OF_ADMISSION",
	  "PW_JOB_TITLE_9089", "PW_SOC_CODE", "CASE_STATUS", "Certified-Expired", "DECISION_DATE", "01-OCT-07", "", "",
	  NULL, PROGRAMME_PERM, 2008, "PERM disclosure FY2008" },
	{ "PERM FY2009", "CASE NO,CASE STATUS,DECISION DATE,EMPLOYER NAME,PW JOB TITLE 9089,PW SOC CODE,PW SOC TITLE",
	  "PW JOB TITLE 9089", "PW SOC CODE", "CASE STATUS", "Certified", "DECISION DATE", "03-Sep-2009", "", "", NULL,
	  PROGRAMME_PERM, 2009, "PERM disclosure FY2009" },
	{ "PERM FY2013",
	  "Case_Number,Case_Status,Decision_Date,Employer_Name,PW_Soc_Code,PW_Soc_Title,PW_Job_Title_9089,"
	  "PW_Determ_Date,Country_of_Citzenship,Class_of_Admission",
	  "PW_Job_Title_9089", "PW_Soc_Code", "Case_Status", "Certified", "Decision_Date", "2013-01-05", "", "", NULL,
	  PROGRAMME_PERM, 2013, "PERM disclosure FY2013" },
	{ "PERM FY2015 to FY2018",
	  "CASE_NUMBER,CASE_RECEIVED_DATE,DECISION_DATE,CASE_STATUS,EMPLOYER_NAME,PW_TRACK_NUM,PW_SOC_CODE,"
	  "PW_SOC_TITLE,PW_Job_Title_9089,PW_DETERM_DATE,JOB_INFO_JOB_TITLE,JOB_INFO_EDUCATION,"
	  "CLASS_OF_ADMISSION",
	  "JOB_INFO_JOB_TITLE", "PW_SOC_CODE", "CASE_STATUS", "Certified", "DECISION_DATE", "11/30/2016", "", "", NULL,
	  PROGRAMME_PERM, 2017, "PERM disclosure FY2017" },
	{ "PERM FY2019",
	  "CASE_NUMBER,CASE_RECEIVED_DATE,DECISION_DATE,CASE_STATUS,PW_JOB_TITLE,PW_SOC_CODE,PW_SOC_TITLE,"
	  "JOB_INFO_JOB_TITLE,CLASS_OF_ADMISSION",
	  "JOB_INFO_JOB_TITLE", "PW_SOC_CODE", "CASE_STATUS", "Certified", "DECISION_DATE", "43500", "", "",
	  "PERM_Disclosure_Data_FY2019.csv", PROGRAMME_PERM, 2019, "PERM disclosure FY2019" },
	{ "PERM FY2020 to FY2024",
	  "CASE_NUMBER,CASE_STATUS,RECEIVED_DATE,DECISION_DATE,EMPLOYER_NAME,EMPLOYER_POC_JOB_TITLE,PW_TRACK_NUMBER,"
	  "PW_SOC_CODE,PW_SOC_TITLE,PW_SKILL_LEVEL,PW_DETERM_DATE,JOB_TITLE,ACCEPT_ALT_JOB_TITLE,"
	  "APP_FOR_COLLEGE_U_TEACHER,SPECIFIC_SKILLS",
	  "JOB_TITLE", "PW_SOC_CODE", "CASE_STATUS", "Certified", "DECISION_DATE", "2022-01-31", "", "",
	  "PERM_Disclosure_Data_FY2022_Q4.csv", PROGRAMME_PERM, 2022, "PERM disclosure FY2022 Q4" },
	{ "PERM FY2025 and after",
	  "CASE_NUMBER,CASE_STATUS,RECEIVED_DATE,DECISION_DATE,OCCUPATION_TYPE,EMP_BUSINESS_NAME,EMP_POC_JOB_TITLE,"
	  "EMP_NAICS,JOB_OPP_PWD_NUMBER,JOB_TITLE,PWD_SOC_CODE,PWD_SOC_TITLE",
	  "JOB_TITLE", "PWD_SOC_CODE", "CASE_STATUS", "Certified", "DECISION_DATE", "2025-09-30", "", "", NULL,
	  PROGRAMME_PERM, 2025, "PERM disclosure FY2025" },
	/* PWD */
	{ "PWD FY2010",
	  "CASE_NUMBER,CASE_STATUS,PW_DETERMINATION_DATE,VISA_CLASS,EMPLOYER_LEGAL_BUSINESS_NAME,PW_JOB_TITLE,"
	  "PWD_SOC_CODE,PWD_SOC_TITLE,PWD_WAGE_LEVEL",
	  "PW_JOB_TITLE", "PWD_SOC_CODE", "CASE_STATUS", "Determination Issued", "PW_DETERMINATION_DATE", "3/4/2010",
	  "VISA_CLASS", "H-2B", NULL, PROGRAMME_PWD, 2010, "PWD disclosure FY2010" },
	{ "PWD FY2012",
	  "CASE_NUMBER,STATUS,PW_DETERM_DATE,EMPLYER_LEGAL_BUSINESS_NAME,PW_JOB_TITLE,PWD_SOC_CODE,"
	  "PWD_SOC_CODE_TITLE",
	  "PW_JOB_TITLE", "PWD_SOC_CODE", "STATUS", "DETERMINATION ISSUED", "PW_DETERM_DATE", "3/4/2012", "", "", NULL,
	  PROGRAMME_PWD, 2012, "PWD disclosure FY2012" },
	{ "PWD FY2015",
	  "CASE_NUMBER,STATUS,SUBMIT_DATE,DETERMINATION_ISSUED,VISA_CLASS,BUSINESS_NAME,JOB_TITLE,SOC_CODE,"
	  "SOC_CODE_NAME,WAGE_LEVEL",
	  "JOB_TITLE", "SOC_CODE", "STATUS", "Determination Issued", "DETERMINATION_ISSUED", "3/4/2015", "VISA_CLASS",
	  "H-1B", NULL, PROGRAMME_PWD, 2015, "PWD disclosure FY2015" },
	{ "PWD FY2016 to FY2019",
	  "CASE_NUMBER,CASE_STATUS,SUBMIT_DATE,DETERMINATION_DATE,VISA_CLASS,BUSINESS_NAME,JOB_TITLE,"
	  "PWD_SOC_CODE,PWD_SOC_TITLE,PWD_WAGE_LEVEL",
	  "JOB_TITLE", "PWD_SOC_CODE", "CASE_STATUS", "Redetermination - Modified", "DETERMINATION_DATE", "2018-03-04",
	  "VISA_CLASS", "PERM", "PWD_Disclosure_Data_FY2018_EOY.csv", PROGRAMME_PWD, 2018, "PWD disclosure FY2018" },
	{ "PWD FY2020 and after",
	  "CASE_NUMBER,CASE_STATUS,RECEIVED_DATE,DETERMINATION_DATE,REDETERMINATION_DATE,VISA_CLASS,"
	  "TYPE_OF_REPRESENTATION,REQUESTOR_POC_LAST_NAME,REQUESTOR_POC_JOB_TITLE,EMPLOYER_LEGAL_BUSINESS_NAME,"
	  "EMPLOYER_POC_JOB_TITLE,JOB_TITLE,SUGGESTED_SOC_CODE,SUGGESTED_SOC_TITLE,SUPERVISOR_JOB_TITLE,"
	  "SUPERVISE_OTHER_EMP,EMP_SOC_CODES,EMP_SOC_TITLES,PWD_SOC_CODE,PWD_SOC_TITLE,O_NET_CODE,O_NET_TITLE,"
	  "O_NET_CODE_COMBO,PWD_OES_WAGE_LEVEL",
	  "JOB_TITLE", "PWD_SOC_CODE", "CASE_STATUS", "Determination Issued", "DETERMINATION_DATE", "45000",
	  "VISA_CLASS", "CW-1", "PW_Disclosure_Data_FY2023_Q2_revised_form.csv", PROGRAMME_PWD, 2023,
	  "PWD disclosure FY2023 Q2" },
	/* H-2A */
	{ "H-2A FY2014",
	  "CASE_NO,CASE_STATUS,CASE_RECEIVED_DATE,DECISION_DATE,VISA_CLASS,EMPLOYER_NAME,JOB_TITLE,SOC_CODE_ID,"
	  "SOC_TITLE",
	  "JOB_TITLE", "SOC_CODE_ID", "CASE_STATUS", "DETERMINATION ISSUED - CERTIFICATION", "DECISION_DATE",
	  "1/15/2014", "VISA_CLASS", "H-2A", NULL, PROGRAMME_H2A, 2014, "H-2A disclosure FY2014" },
	{ "H-2A FY2015",
	  "CASE_NUMBER,CASE_STATUS,CASE_RECEIVED_DATE,DECISION_DATE,VISA_CLASS,EMPLOYER_NAME,JOB_TITLE,SOC_CODE,"
	  "SOC_TITLE,PRIMARY_CROP",
	  "JOB_TITLE", "SOC_CODE", "CASE_STATUS", "DETERMINATION ISSUED - PARTIAL CERTIFICATION", "DECISION_DATE",
	  "1/15/2015", "VISA_CLASS", "H-2A", NULL, PROGRAMME_H2A, 2015, "H-2A disclosure FY2015" },
	{ "H-2A FY2016 Q1",
	  "CASE_NO,CASE_STATUS,CASE_RECEIVED_DATE,DECISION_DATE,VISA_TYPE,EMPLOYER_NAME,JOB_TITLE,SOC_CODE_ID,SOC_"
	  "TITLE",
	  "JOB_TITLE", "SOC_CODE_ID", "CASE_STATUS", "DETERMINATION ISSUED - CERTIFICATION", "DECISION_DATE", "42350",
	  "VISA_TYPE", "H-2A", "H-2A_FY16_Q1.csv", PROGRAMME_H2A, 2016, "H-2A disclosure FY2016 Q1" },
	{ "H-2A FY2016 Q2",
	  "CASE_NO,CASE_STATUS,RECENT_DECISION_DATE,VISA_CLASS,EMPLOYER_NAME,JOB_TITLE,SOC_CODE_ID,SOC_TITLE",
	  "JOB_TITLE", "SOC_CODE_ID", "CASE_STATUS", "DETERMINATION ISSUED - CERTIFICATION", "RECENT_DECISION_DATE",
	  "3/1/2016", "VISA_CLASS", "H2A", NULL, PROGRAMME_H2A, 2016, "H-2A disclosure FY2016" },
	{ "H-2A FY2018",
	  "CASE_NO,CASE_STATUS,CASE_RECEIVED_DATE,DECISION_DATE,VISA_CLASS,EMPLOYER_NAME,JOB_TITLE,SOC_CODE,SOC_TITLE,"
	  "ORGANIZATION_FLAG,PRIMARY_SUB,PRIMARY_CROP",
	  "JOB_TITLE", "SOC_CODE", "CASE_STATUS", "DETERMINATION ISSUED - CERTIFICATION EXPIRED", "DECISION_DATE",
	  "12/1/2017", "VISA_CLASS", "H-2A", NULL, PROGRAMME_H2A, 2018, "H-2A disclosure FY2018" },
	{ "H-2A FY2019",
	  "CASE_NUMBER,CASE_STATUS,CASE_RECEIVED_DATE,DECISION_DATE,EMPLOYER_NAME,JOB_TITLE,SOC_CODE,PRMARY/SUB",
	  "JOB_TITLE", "SOC_CODE", "CASE_STATUS", "DETERMINATION ISSUED - CERTIFICATION", "DECISION_DATE", "12/1/2018",
	  "", "", NULL, PROGRAMME_H2A, 2019, "H-2A disclosure FY2019" },
	{ "H-2A FY2020 and after",
	  "CASE_NUMBER,CASE_STATUS,RECEIVED_DATE,DECISION_DATE,TYPE_OF_EMPLOYER_APPLICATION,EMPLOYER_NAME,"
	  "EMPLOYER_POC_JOB_TITLE,JOB_TITLE,SOC_CODE,SOC_TITLE",
	  "JOB_TITLE", "SOC_CODE", "CASE_STATUS", "Determination Issued - Certification (Expired)", "DECISION_DATE",
	  "2021-10-01", "", "", "H-2A_Disclosure_Data_FY2022_Q1.csv", PROGRAMME_H2A, 2022,
	  "H-2A disclosure FY2022 Q1" },
	/* H-2B */
	{ "H-2B FY2011",
	  "CASE_NO,CASE_STATUS,NPC_SUBMITTED_DATE,DECISION_DATE,VISA_CLASS,EMPLOYER_NAME,JOB_TITLE,"
	  "DOT_OCCUPATIONAL_CODE,DOT_NAME,SOC_CODE,SOC_NAME",
	  "JOB_TITLE", "SOC_CODE", "CASE_STATUS", "Certification", "DECISION_DATE", "10/1/2010", "VISA_CLASS", "H-2B",
	  NULL, PROGRAMME_H2B, 2011, "H-2B disclosure FY2011" },
	{ "H-2B FY2014",
	  "CASE_NUMBER,CASE_STATUS,NPC_SUBMITTED_DATE,RECENT_DECISION_DATE,VISA_CLASS,EMPLOYER_NAME,JOB_TITLE,SOC_CODE,"
	  "SOC_NAME",
	  "JOB_TITLE", "SOC_CODE", "CASE_STATUS", "Partial Certification", "RECENT_DECISION_DATE", "10/1/2013",
	  "VISA_CLASS", "H-2B", NULL, PROGRAMME_H2B, 2014, "H-2B disclosure FY2014" },
	{ "H-2B FY2015",
	  "CASE_NUMBER,CASE_STATUS,NPC_SUBMITTED_DATE,DECISION_DATE,VISA_CLASS,EMPLOYER_NAME,JOB_TITLE,SOC_CODE,"
	  "SOC_TITLE",
	  "JOB_TITLE", "SOC_CODE", "CASE_STATUS", "Certification Expired", "DECISION_DATE", "10/1/2014", "VISA_CLASS",
	  "H-2B", NULL, PROGRAMME_H2B, 2015, "H-2B disclosure FY2015" },
	{ "H-2B FY2016 Q1",
	  "CASE_NUMBER,CASE_STATUS,SUBMITTED_DATE,DECISION_DATE,VISA_TYPE,EMPLOYER_NAME,JOB_TITLE,SOC_CODE,SOC_NAME",
	  "JOB_TITLE", "SOC_CODE", "CASE_STATUS", "Certification", "DECISION_DATE", "10/1/2015", "VISA_TYPE", "H-2B",
	  NULL, PROGRAMME_H2B, 2016, "H-2B disclosure FY2016" },
	{ "H-2B FY2018",
	  "CASE_NUMBER,CASE_STATUS,SUBMITTED_DATE,DECISION_DATE,VISA_TYPE,EMPLOYER_NAME,JOB_TITLE,SOC_CODE,SOC_TITLE",
	  "JOB_TITLE", "SOC_CODE", "CASE_STATUS", "Certification", "DECISION_DATE", "10/1/2017", "", "", NULL,
	  PROGRAMME_H2B, 2018, "H-2B disclosure FY2018" },
	{ "H-2B FY2019",
	  "CASE_NUMBER,CASE_STATUS,SUBMITTED_DATE,DECISION_DATE,VISA_CLASS,EMPLOYER_NAME,JOB_TITLE,SOC_CODE,SOC_TITLE",
	  "JOB_TITLE", "SOC_CODE", "CASE_STATUS", "Determination Issued - Certification (Returned)", "DECISION_DATE",
	  "10/1/2018", "VISA_CLASS", "H-2B", NULL, PROGRAMME_H2B, 2019, "H-2B disclosure FY2019" },
	{ "H-2B FY2021 and after",
	  "CASE_NUMBER,CASE_STATUS,RECEIVED_DATE,DECISION_DATE,TYPE_OF_EMPLOYER_APPLICATION,CAP_EXEMPT,"
	  "EMPLOYER_NAME,EMPLOYER_POC_JOB_TITLE,JOB_TITLE,SOC_CODE,SOC_TITLE",
	  "JOB_TITLE", "SOC_CODE", "CASE_STATUS", "Determination Issued - Partial Certification", "DECISION_DATE",
	  "2020-10-01", "", "", NULL, PROGRAMME_H2B, 2021, "H-2B disclosure FY2021" },
	/* CW-1 */
	{ "CW-1 FY2026",
	  "CASE_NUMBER,CASE_STATUS,RECEIVED_DATE,DECISION_DATE,LEGAL_BUSINESS_NAME,EMPLOYER_POC_JOB_TITLE,JOB_TITLE,"
	  "SOC_CODE,SOC_TITLE",
	  "JOB_TITLE", "SOC_CODE", "CASE_STATUS", "Determination Issued - Certification", "DECISION_DATE", "2026-06-30",
	  "", "", NULL, PROGRAMME_CW1, 2026, "CW-1 disclosure FY2026" },
	/* Where only the name can tell, or only the date of receipt. */
	{ "a subset of columns", "JOB_TITLE,SOC_CODE,SOC_TITLE,EMPLOYER_NAME,CASE_STATUS", "JOB_TITLE", "SOC_CODE",
	  "CASE_STATUS", "Certified", "", "", "", "", "H-2B_Disclosure_Data_FY2020.csv", PROGRAMME_H2B, 2020,
	  "H-2B disclosure FY2020" },
	{ "no decision yet", "CASE_STATUS,RECEIVED_DATE,DECISION_DATE,VISA_CLASS,JOB_TITLE,SOC_CODE", "JOB_TITLE",
	  "SOC_CODE", "CASE_STATUS", "Certified", "RECEIVED_DATE", "2020-12-01", "VISA_CLASS", "H-1B", NULL,
	  PROGRAMME_LCA, 2021, "LCA disclosure FY2021" },
};

/* A header and one row of it. */
static void put_layout(const struct layout *l, struct buffer *to)
{
	buffer_printf(to, NULL, "%s\n", l->header);
	for (const char *p = l->header; *p;) {
		int length = (int)strcspn(p, ",");
		const struct {
			const char *column, *value;
		} cells[] = {
			{ l->title, RIGHT },         { l->code, CODE },           { l->status_column, l->status },
			{ l->date_column, l->date }, { l->visa_column, l->visa },
		};
		/* Titles and codes that would pass for true ones, but no dates. */
		const char *value = strstr(p, "CODE") && strstr(p, "CODE") < p + length ? "11-1011" : "Wrong";
		if (strcmp(l->date_column, "") != 0 && strncmp(p, "DECISION_DATE", (size_t)length) == 0)
			value = "";
		if (strncmp(p, "VISA", 4) == 0 || strncmp(p, "RECEIVED_DATE", (size_t)length) == 0)
			value = "";
		for (size_t i = 0; i < COUNT(cells); i++) {
			if (strlen(cells[i].column) == (size_t)length &&
			    strncmp(cells[i].column, p, (size_t)length) == 0)
				value = cells[i].value;
		}
		p += length;
		buffer_printf(to, NULL, "%s%s", value, *p ? "," : "\n");
		p += *p == ',';
	}
}

static void every_layout_is_known(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(layouts); i++) {
		const struct layout *l = &layouts[i];
		struct buffer text = { 0 };
		struct buffer wanted = { 0 };
		struct notes n = { 0 };
		struct error err = { 0 };
		struct corpus *c;
		size_t count;

		put_layout(l, &text);
		buffer_printf(&wanted, NULL, "filing code=%s text=%s%s%s as=%d count=1 number=%d\n", CODE, RIGHT,
			      *l->visa ? " detail=" : "", l->visa, (int)l->programme, l->year);
		buffer_terminate(&wanted, NULL);
		const char *path = make_file(l->file ? l->file : "table.csv", buffer_slice(&text));
		if (!run(&path, 1, (struct corpus_options){ .strict = true }, &n, &c, &err))
			fail_msg("%s: %s", l->what, err.text);
		if (strcmp(n.records.at, wanted.at) != 0)
			fail_msg("%s: %s and not %s", l->what, n.records.at, wanted.at);
		const struct corpus_source *s = corpus_sources(c, &count);
		if (strcmp(s->title, l->source) != 0)
			fail_msg("%s: %s and not %s", l->what, s->title, l->source);
		assert_string_equal(s->family, "oflc");
		/* The release is what stands behind "disclosure". */
		assert_string_equal(s->release, strstr(l->source, "FY"));
		corpus_close(c);
		forget(&n);
		buffer_free(&text);
		buffer_free(&wanted);
	}
}

/* ---- what cannot be used ---- */

static void refuse(const char *path, const char *release, const char *text, const char *hint)
{
	struct notes n = { 0 };
	struct error err = { 0 };
	if (run(&path, 1, (struct corpus_options){ .release = release }, &n, NULL, &err))
		fail_msg("not refused: %s", text);
	if (err.code != ERROR_INPUT || !strstr(err.text, text) || !strstr(err.hint, hint) || err.file[0] == '\0')
		fail_msg("%s: %s (%s), not %s (%s)", err.file, err.text, err.hint, text, hint);
	forget(&n);
}

static void files_without_codes_are_refused(void **state)
{
	(void)state;
	static const char *const headers[] = {
		/* PERM, new form of FY2024 */
		("CASE_NUMBER,CASE_STATUS,RECEIVED_DATE,DECISION_DATE,OCCUPATION_TYPE,EMP_BUSINESS_NAME,EMP_NAICS,"
		 "JOB_OPP_PWD_NUMBER,JOB_TITLE\n"),
		/* H-2A up to FY2013, H-2B up to FY2010 */
		"CASE_NO,CASE_STATUS,CASE_RECEIVED_DATE,DECISION_DATE,EMPLOYER_NAME,JOB_TITLE\n",
		"CASE_NO,CASE_STATUS,NPC_SUBMITTED_DATE,DECISION_DATE,APPLICATION_TYPE,DOT_OCCUPATIONAL_CODE,JOB_"
		"TITLE\n",
		/* Not a label, whoever it is from. */
		"CASE_NUMBER,CASE_STATUS,JOB_TITLE,SUGGESTED_SOC_CODE,O_NET_CODE,EMP_SOC_CODES\n",
	};
	for (size_t i = 0; i < COUNT(headers); i++)
		refuse(make_file("LCA_FY2024.csv", slice_of(headers[i])), NULL, "lacks the column \"PWD_SOC_CODE\"",
		       "without SOC codes");
	/* A contact person's title is none of a job. */
	refuse(make_file("x.csv", SLICE("CASE_NUMBER,CASE_STATUS,EMPLOYER_POC_JOB_TITLE,SOC_CODE\n")), NULL,
	       "nearest is OFLC disclosure data, but the column \"JOB_TITLE\" or", "as published");
	refuse(make_file("x.csv", SLICE("JOB_TITLE,SOC_CODE\n")), NULL, "\"CASE_STATUS\" or \"STATUS\" is missing",
	       "as published");
	refuse(make_file("x.csv", SLICE("CASE_STATUS,JOB_TITLE,SOC_CODE\nCertified,Cook,35-2014\n")), NULL,
	       "tell the programme", "--release 'LCA FY2024'");
	refuse(make_file("x.csv", SLICE("CASE_STATUS,JOB_TITLE,SOC_CODE\nDenied,Cook,35-2014\n")), "LCA",
	       "no row that can be used", "as published");
	refuse(make_file("x.csv", SLICE("CASE_STATUS,JOB_TITLE,SOC_CODE,job title\n")), "LCA", "twice", "remove one");
	refuse(make_file("x.csv", SLICE("CASE_STATUS,JOB_TITLE,SOC_CODE\nCertified,\"Cook,35-2014\n")), "LCA",
	       "is never closed", "close the quote");
}

/* ---- years ---- */

#define YEARLESS "CASE_STATUS,VISA_CLASS,DECISION_DATE,RECEIVED_DATE,JOB_TITLE,SOC_CODE\n"

static void dates_become_fiscal_years(void **state)
{
	(void)state;
	static const struct {
		const char *decided, *received;
		int year;
	} rows[] = {
		{ "2023-09-30", "", 2023 },
		{ "2023-10-01", "", 2024 },
		{ "2023-10-01T00:00:00", "", 2024 },
		{ "09/30/2023", "", 2023 },
		{ "10/1/2023", "", 2024 },
		{ "10/1/2023 0:00", "", 2024 },
		{ "10/1/23", "", 2024 },
		{ "10-01-2023", "", 2024 },
		{ "30-SEP-23", "", 2023 },
		{ "1-Oct-2023", "", 2024 },
		{ "45199", "", 2023 },
		{ "45200", "", 2024 },
		{ "45199.99", "", 2023 },
		{ "36586", "", 2000 },
		{ "36585", "", 2000 },
		{ "39539", "", 2008 },
		{ "", "2023-10-01", 2024 },
		{ "n/a", "10/1/2023", 2024 },
		{ "soon", "45200", 2024 },
		{ "", "", 0 },
		{ "2023", "", 0 },
		{ "13/1/2023", "", 0 },
		{ "2023-13-01", "", 0 },
		{ "10/2023", "", 0 },
		{ "1.1.1", "", 0 },
		{ "99999", "", 0 },
		{ "1899-12-31", "", 0 },
		{ "2023/10/01", "", 2024 },
		{ "20231001", "", 0 },
		{ "10/1/20231", "", 0 },
		{ "-", "", 0 },
		{ "1-Okt-2023", "", 0 },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buffer text = { 0 };
		char wanted[200];
		struct notes n = { 0 };
		struct error err = { 0 };
		struct corpus *c;
		size_t count;
		buffer_printf(&text, NULL, YEARLESS "Certified,H-1B,%s,%s,Cook,35-2014\n", rows[i].decided,
			      rows[i].received);
		const char *path = make_file("table.csv", buffer_slice(&text));
		ROW_CHECK(run(&path, 1, (struct corpus_options){ .strict = true }, &n, &c, &err), i);
		snprintf(wanted, sizeof wanted, "filing code=35-2014 text=Cook detail=H-1B as=0 count=1");
		if (rows[i].year > 0)
			snprintf(wanted + strlen(wanted), 32, " number=%d", rows[i].year);
		if (strncmp(n.records.at, wanted, strlen(wanted)) != 0 || n.records.at[strlen(wanted)] != '\n')
			fail_msg("row %zu: %s", i, n.records.at);
		char title[64] = "LCA disclosure";
		if (rows[i].year > 0)
			snprintf(title, sizeof title, "LCA disclosure FY%d", rows[i].year);
		ROW_CHECK(strcmp(corpus_sources(c, &count)->title, title) == 0, i);
		corpus_close(c);
		forget(&n);
		buffer_free(&text);
	}
}

static void names_help_where_rows_do_not(void **state)
{
	(void)state;
	static const struct {
		const char *file, *option, *date;
		const char *title;
		int number;
	} rows[] = {
		{ "LCA_Disclosure_Data_FY2024_Q1.csv", NULL, "", "LCA disclosure FY2024 Q1", 2024 },
		{ "LCA_Disclosure_Data_FY2024_Q1.csv", "PERM FY2011", "", "LCA disclosure FY2024 Q1", 2024 },
		{ "LCA_FY2024.csv", NULL, "2023-12-01", "LCA disclosure FY2024", 2024 },
		{ "LCA_FY2024_Q2.csv", NULL, "2024-12-01", "LCA disclosure FY2025", 2025 },
		{ "H-1B_FY14_Q4.csv", NULL, "", "LCA disclosure FY2014 Q4", 2014 },
		{ "h1b fy 2014.csv", NULL, "", "LCA disclosure FY2014", 2014 },
		{ "PERM_2017.csv", NULL, "", "PERM disclosure FY2017", 2017 },
		{ "PW_Disclosure_Data_FY2022_Q3.csv", NULL, "", "PWD disclosure FY2022 Q3", 2022 },
		{ "H-2A_Disclosure_Data_FY2021.csv", NULL, "", "H-2A disclosure FY2021", 2021 },
		{ "CW-1_Disclosure_Data_FY2021.csv", NULL, "", "CW-1 disclosure FY2021", 2021 },
		{ "filings.csv", "H-2B FY2019 Q2", "", "H-2B disclosure FY2019 Q2", 2019 },
		{ "filings.csv", "perm", "", "PERM disclosure", 0 },
		{ "LCA_20240131.csv", NULL, "", "LCA disclosure", 0 },
		{ "LCA_FY20245.csv", NULL, "", "LCA disclosure", 0 },
		{ "LCA_Q1.csv", NULL, "", "LCA disclosure", 0 },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buffer text = { 0 };
		char wanted[32];
		struct notes n = { 0 };
		struct error err = { 0 };
		struct corpus *c;
		size_t count;
		buffer_printf(&text, NULL, "CASE_STATUS,DECISION_DATE,JOB_TITLE,SOC_CODE\nCertified,%s,Cook,35-2014\n",
			      rows[i].date);
		const char *path = make_file(rows[i].file, buffer_slice(&text));
		if (!run(&path, 1, (struct corpus_options){ .release = rows[i].option }, &n, &c, &err))
			fail_msg("row %zu: %s", i, err.text);
		if (strcmp(corpus_sources(c, &count)->title, rows[i].title) != 0)
			fail_msg("row %zu: %s", i, corpus_sources(c, &count)->title);
		snprintf(wanted, sizeof wanted, " number=%d\n", rows[i].number);
		ROW_CHECK(rows[i].number == 0 ? !strstr(n.records.at, "number") : strstr(n.records.at, wanted) != NULL,
			  i);
		corpus_close(c);
		forget(&n);
		buffer_free(&text);
		unlink(path);
	}
}

/* The year of most rows is the file's; each row keeps its own. */
static void the_many_rows_name_the_year(void **state)
{
	(void)state;
	struct notes n = { 0 };
	struct error err = { 0 };
	struct corpus *c;
	size_t count;
	const char *path =
		make_file("table.csv",
			  SLICE(YEARLESS "Certified,H-1B,2019-01-01,,A,35-2014\nCertified,H-1B,2020-01-01,,B,35-2014\n"
					 "Certified,H-1B,2020-02-01,,C,35-2014\nCertified,H-1B,,,D,35-2014\n"));
	assert_true(run(&path, 1, (struct corpus_options){ .strict = true }, &n, &c, &err));
	assert_string_equal(corpus_sources(c, &count)->title, "LCA disclosure FY2020");
	assert_non_null(strstr(n.records.at, "text=A detail=H-1B as=0 count=1 number=2019\n"));
	assert_non_null(strstr(n.records.at, "text=D detail=H-1B as=0 count=1 number=2020\n"));
	corpus_close(c);
	forget(&n);
}

/* ---- rows ---- */

static void statuses_are_judged(void **state)
{
	(void)state;
	static const struct {
		const char *status;
		bool certified;
	} rows[] = {
		{ "Certified", true },
		{ "CERTIFIED", true },
		{ "certified", true },
		{ "Certified-Withdrawn", true },
		{ "Certified - Withdrawn", true },
		{ "CERTIFIED-WITHDRAWN", true },
		{ "Certified-Expired", true },
		{ "Certification", true },
		{ "Partial Certification", true },
		{ "Certification Expired", true },
		{ "DETERMINATION ISSUED - CERTIFICATION", true },
		{ "DETERMINATION ISSUED - PARTIAL CERTIFICATION", true },
		{ "DETERMINATION ISSUED - CERTIFICATION EXPIRED", true },
		{ "Determination Issued - Certification (Expired)", true },
		{ "Determination Issued - Certification (Returned)", true },
		{ "Determination Issued", true },
		{ "Redetermination Affirmed", true },
		{ "Redetermination Modified", true },
		{ "Center Director Review Affirmed", true },
		{ "Center Director Review Modified", true },
		{ "Denied", false },
		{ "DENIED", false },
		{ "Withdrawn", false },
		{ "INVALIDATED", false },
		{ "REJECTED", false },
		{ "DETERMINATION ISSUED - DENIED", false },
		{ "DETERMINATION ISSUED - WITHDRAWN", false },
		{ "Determination Issued - Rejected", false },
		{ "Not Certified", false },
		{ "Pending", false },
		{ "Certification Denied", false },
	};
	struct buffer text = { 0 };
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct notes n = { 0 };
		struct error err = { 0 };
		struct corpus *c;
		size_t count;
		buffer_clear(&text);
		buffer_printf(&text, NULL, YEARLESS "Certified,H-1B,,,Other,35-2014\n%s,H-1B,,,Cook,35-2014\n",
			      rows[i].status);
		const char *path = make_file("table.csv", buffer_slice(&text));
		/* A row that the department refused is no fault of the file. */
		ROW_CHECK(run(&path, 1, (struct corpus_options){ .strict = true }, &n, &c, &err), i);
		const struct corpus_table *t = corpus_sources(c, &count)->tables;
		ROW_CHECK(t->rejected[REJECT_NOT_CERTIFIED] == (rows[i].certified ? 0 : 1), i);
		ROW_CHECK((strstr(n.records.at, "text=Cook") != NULL) == rows[i].certified, i);
		ROW_CHECK(n.warnings.length == 0, i);
		corpus_close(c);
		forget(&n);
	}
	buffer_free(&text);
}

static void rows_are_cut_to_filings(void **state)
{
	(void)state;
	struct notes n = { 0 };
	struct error err = { 0 };
	struct corpus *c;
	size_t count;
	/* Both H-2 programmes in one file, spreadsheet forms, commas, CR, what cannot be used. */
	const char *path = make_file("Disclosure_FY2013.csv",
				     SLICE("CASE_STATUS,VISA_CLASS,JOB_TITLE,SOC_CODE\r"
					   "Certification,H-2A,\"Picker, Fruit\",\"=\"\"45-2092.02\"\"\"\r"
					   "Certification,H-2B,\"=\"\"Maid\"\"\",372012\r"
					   "Certification,,Groom,39-2021.00\r"
					   "Certification,H-2B,Cook,35 2014\r"
					   "Certification,H-2B,Cook,35-2014; 35-2015\r"
					   "Certification,H-2B,Cook,\r"
					   "Certification,H-2B,N/A,35-2014\r"
					   ",H-2B,Cook,35-2014\r"));
	assert_true(run(&path, 1, (struct corpus_options){ .strict = false }, &n, &c, &err));
	assert_string_equal(n.records.at,
			    "filing code=45-2092.02 text=Picker, Fruit detail=H-2A as=3 count=1 number=2013\n"
			    "filing code=37-2012 text=Maid detail=H-2B as=4 count=1 number=2013\n"
			    "filing code=39-2021.00 text=Groom as=3 count=1 number=2013\n");
	const struct corpus_table *t = corpus_sources(c, &count)->tables;
	assert_int_equal(t->rows, 8);
	assert_int_equal(t->rejected[REJECT_BAD_CODE], 2);
	assert_int_equal(t->rejected[REJECT_EMPTY], 3);
	assert_string_equal(n.warnings.at, "5:4 malformed code in \"SOC_CODE\": 35 2014\n"
					   "6:4 malformed code in \"SOC_CODE\": 35-2014; 35-2015\n"
					   "7:4 empty field in \"SOC_CODE\"\n8:3 empty field in \"JOB_TITLE\"\n"
					   "9:1 empty field in \"CASE_STATUS\"\n");
	corpus_close(c);
	forget(&n);
}

static void windows_1252_is_read(void **state)
{
	(void)state;
	struct notes n = { 0 };
	struct error err = { 0 };
	struct corpus *c;
	size_t count;
	const char *path =
		make_file("LCA_FY2013.csv",
			  SLICE("CASE_STATUS,JOB_TITLE,SOC_CODE\nCertified,Chef de caf\xE9,35-1011\n"
				"Certified,Ma\xC3\xAEtre,35-9031\nCertified,Cook,35-2014\nDenied,caf\xE9,35-2014\n"
				"Certified,\x81,35-2014\n"));
	assert_true(run(&path, 1, (struct corpus_options){ .strict = false }, &n, &c, &err));
	assert_string_equal(n.records.at, "filing code=35-1011 text=Chef de caf\xC3\xA9 as=0 count=1 number=2013\n"
					  "filing code=35-9031 text=Ma\xC3\xAEtre as=0 count=1 number=2013\n"
					  "filing code=35-2014 text=Cook as=0 count=1 number=2013\n");
	const struct corpus_table *t = corpus_sources(c, &count)->tables;
	assert_int_equal(t->converted, 1);
	assert_int_equal(t->rejected[REJECT_BAD_UTF8], 1);
	corpus_close(c);
	forget(&n);
	refuse(make_file("LCA_FY2013.csv", SLICE("\xff\xfe"
						 "C\0A\0S\0E\0")),
	       NULL, "UTF-16", "UTF-8");
}

/* ---- several files ---- */

#define ONE_FILING "CASE_STATUS,JOB_TITLE,SOC_CODE\nCertified,Cook,35-2014\n"

static void periods_are_compared(void **state)
{
	(void)state;
	static const struct {
		const char *first, *second;
		bool warned;
	} rows[] = {
		{ "LCA_FY2024_Q1.csv", "LCA_FY2024_Q2.csv", false },
		{ "LCA_FY2024_Q1.csv", "LCA_FY2023_Q1.csv", false },
		{ "LCA_FY2024_Q1.csv", "PERM_FY2024_Q1.csv", false },
		{ "LCA_FY2024_Q1.csv", "LCA FY2024 Q1 again.csv", true },
		{ "LCA_FY2024.csv", "LCA_FY2024_Q3.csv", true },
		{ "LCA_FY2024_Q3.csv", "LCA_FY2024.csv", true },
		{ "LCA_one.csv", "LCA_other.csv", false },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct notes n = { 0 };
		struct error err = { 0 };
		struct corpus *c;
		size_t count;
		const char *paths[2];
		paths[0] = make_file(rows[i].first, SLICE(ONE_FILING));
		paths[1] = make_file(rows[i].second, SLICE(ONE_FILING "Certified,Baker,51-3011\n"));
		ROW_CHECK(run(paths, 2, (struct corpus_options){ .strict = true }, &n, &c, &err), i);
		ROW_CHECK(corpus_sources(c, &count)[1].tables[0].used == 2, i);
		ROW_CHECK(count == 2, i);
		ROW_CHECK((strstr(n.warnings.at, "counted twice") != NULL) == rows[i].warned, i);
		ROW_CHECK(!rows[i].warned || (strstr(n.last.text, paths[0]) && strcmp(n.last.file, paths[1]) == 0), i);
		corpus_close(c);
		forget(&n);
		unlink(paths[0]);
		unlink(paths[1]);
	}
}

static void the_same_file_is_read_once(void **state)
{
	(void)state;
	struct notes n = { 0 };
	struct error err = { 0 };
	struct corpus *c;
	size_t count;
	const char *paths[2];
	paths[0] = make_file("LCA_FY2024_Q1.csv", SLICE(ONE_FILING));
	paths[1] = make_file("LCA_FY2024_Q2.csv", SLICE(ONE_FILING));
	assert_true(run(paths, 2, (struct corpus_options){ .strict = true }, &n, &c, &err));
	assert_non_null(strstr(n.warnings.at, "LCA_FY2024_Q1.csv, and read once"));
	corpus_sources(c, &count);
	assert_int_equal(count, 1);
	corpus_close(c);
	forget(&n);
}

/* Every sheet of a workbook that holds filings; a zip and a folder with files of several years. */
static void sheets_and_members_are_found(void **state)
{
	(void)state;
	static const struct make_sheet sheets[] = {
		{ "Notes", "What this is\nand who made it" },
		{ "H-2B_FY2019", "Office of something\n\nCASE_STATUS,JOB_TITLE,SOC_CODE\nCertification,Cook,35-2014" },
		{ "More", "JOB_TITLE,,SOC_CODE,STATUS,\nBaker,x,51-3011,Certification,y" },
	};
	static const struct make_entry entries[] = {
		{ "oflc/LCA_FY2023.csv", SLICE(ONE_FILING) },
		{ "oflc/PERM_FY2022.csv", SLICE(ONE_FILING "Denied,Cook,35-2014\n") },
		{ "oflc/readme.txt", SLICE("\"nothing\nof use") },
		{ "oflc/~$LCA_FY2023.xlsx", SLICE("PK") },
		{ "oflc/other.csv", SLICE("a,b\n") },
	};
	struct notes n = { 0 };
	struct error err = { 0 };
	struct corpus *c;
	size_t count;
	const char *paths[2];
	paths[0] = make_workbook("filings.xlsx", sheets, COUNT(sheets));
	paths[1] = make_zip("oflc.zip", entries, COUNT(entries), ZIP_EM_NONE);
	if (!run(paths, 2, (struct corpus_options){ .strict = true }, &n, &c, &err))
		fail_msg("%s: %s", err.file, err.text);
	assert_string_equal(n.records.at, "filing code=35-2014 text=Cook as=4 count=1 number=2019\n"
					  "filing code=51-3011 text=Baker as=4 count=1 number=2019\n"
					  "filing code=35-2014 text=Cook as=0 count=1 number=2023\n"
					  "filing code=35-2014 text=Cook as=1 count=1 number=2022\n");
	const struct corpus_source *s = corpus_sources(c, &count);
	assert_int_equal(count, 3);
	assert_string_equal(s[0].title, "H-2B disclosure FY2019");
	assert_string_equal(s[0].name, "filings.xlsx");
	assert_int_equal(s[0].table_count, 2);
	assert_string_equal(s[0].tables[0].member, "filings.xlsx: H-2B_FY2019");
	assert_string_equal(s[0].tables[1].member, "filings.xlsx: More");
	assert_string_equal(s[1].name, "oflc.zip: LCA_FY2023.csv");
	assert_string_equal(s[2].name, "oflc.zip: PERM_FY2022.csv");
	assert_non_null(strstr(s[2].path, "oflc.zip: PERM_FY2022.csv"));
	/* One zip, one digest; they are two sources all the same. */
	assert_string_equal(s[1].sha256, s[2].sha256);
	assert_non_null(strstr(n.warnings.at, "nothing is recognised in it"));
	assert_non_null(strstr(n.last.file, "other.csv"));
	corpus_close(c);
	forget(&n);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_layout_is_known),        cmocka_unit_test(files_without_codes_are_refused),
		cmocka_unit_test(dates_become_fiscal_years),    cmocka_unit_test(names_help_where_rows_do_not),
		cmocka_unit_test(the_many_rows_name_the_year),  cmocka_unit_test(statuses_are_judged),
		cmocka_unit_test(rows_are_cut_to_filings),      cmocka_unit_test(windows_1252_is_read),
		cmocka_unit_test(periods_are_compared),         cmocka_unit_test(the_same_file_is_read_once),
		cmocka_unit_test(sheets_and_members_are_found),
	};
	return cmocka_run_group_tests(tests, make_set_up, make_tear_down);
}
