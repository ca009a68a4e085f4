# A job settled by questions: the field where the title does not tell, then the code; by numbers on standard input.
$ soc-index build -q -o sample.soc corpus/sample
$ export SOC_INDEX=sample.soc

# The field, then the code by what tells it from the others.
$ printf '1\n2\n' | soc ask -q 'assistant'

What does the work deal with?
  1  helping patients, at home or in a practice (31-0000, 47%)
  2  office work and customer service (43-0000, 8%)
  3  law and the courts (23-0000, 6%)
  4  teaching, training and libraries (25-0000, 4%)
  5  counseling, social work and religion (21-0000, 3%)
  6  personal care, recreation and services to guests (39-0000, 2%)

1 to 6, 0 for none of them, Enter to leave it: 
Which is nearest to the job?
  1  Dental Assistants (31-9091, 46%)
     Hold the suction tip and pass instruments to the dentist during fillings
     and extractions.
  2  Medical Assistants (31-9092, 31%)
     Give flu shots and other injections that the doctor has ordered.
  3  Nursing Assistants (31-1131, 18%)
     Spoon-feed residents who can no longer hold a fork and watch for choking.
  4  Personal Care Aides (31-1122, 3%)
     Shop for groceries and cook meals that fit a low-salt, diabetic, or other
     diet.
  5  Phlebotomists (31-9097, 1%)
     Find a usable vein, insert the needle, and fill the tubes in the prescribed
     order.
  6  Home Health Aides (31-1121, 1%)
     Keep an eye on young children in the household while a parent recovers from
     surgery.

1 to 6, 0 for none of them, Enter to leave it: 
The code
  1  Medical Assistants (31-9092)

soc show 31-9092 tells more; soc why 31-9092 makes the case for it.

# None of those offered; then left without an answer.
$ printf '0\n\n' | soc ask -q 'assistant' | sed -n '/^The codes/,$p'
The codes
  1  Retail Salespersons (41-2031, 10%)
  2  First-Line Supervisors of Retail Sales Workers (41-1011, 2%)
  3  Dentists, General (29-1021, 2%)
  4  Licensed Practical and Licensed Vocational Nurses (29-2061, 1%)
  5  Software Developers (15-1252, 1%)
  6  Automotive Service Technicians and Mechanics (49-3023, 1%)

soc show 41-2031 tells more; soc why 41-2031 makes the case for it.

# What is no number is asked again; the end of the input leaves the question.
$ printf '9\n-1\n1x\n1\n' | soc ask -q 'assistant' | grep -c 'Enter to leave it'
5

# A job that says enough is asked nothing.
$ soc ask -q 'registered nurse' </dev/null | head -3

The codes
  1  Registered Nurses (29-1141, 94%)

# A title and a text; nothing to ask about; nothing known.
$ echo 'Cares for patients and gives injections.' >duties.txt
$ soc ask -q --title nurse --text duties.txt </dev/null | sed -n 3p
  1  Registered Nurses (29-1141, 86%)
$ soc ask -q </dev/null
soc: there is no job to ask about
hint: soc ask TITLE, or --title T and --text FILE
[exit 2]
$ soc ask 'xyzzy' </dev/null
soc: this index holds the SAMPLE corpus, not a release of the Department of Labor
soc: no word of this is known to the index, or no code is left
[exit 1]
