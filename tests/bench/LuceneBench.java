// SPDX-License-Identifier: GPL-3.0-or-later
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.FileInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.Version;

/**
 * The same evidence and the same questions in Lucene 4.10 (Debian's), to compare with.
 *
 *   build FOLDER occupation|piece          evidence comes on standard input, from `read_bench evidence`
 *   query FOLDER QUERIES SECONDS           as rank_bench, in a virtual machine that is warm
 *
 * Only the code is stored.  A question is the OR of its distinct terms over both fields.
 */
public final class LuceneBench {
	private static final Version VERSION = Version.LATEST;

	private static void build(String folder, boolean pieces) throws Exception {
		IndexWriterConfig config = new IndexWriterConfig(VERSION, new EnglishAnalyzer());
		config.setOpenMode(IndexWriterConfig.OpenMode.CREATE);
		config.setSimilarity(new BM25Similarity());
		try (Directory directory = new MMapDirectory(new File(folder));
		     IndexWriter writer = new IndexWriter(directory, config);
		     BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
			StringBuilder titles = new StringBuilder(), text = new StringBuilder();
			String code = null;
			for (String line; (line = in.readLine()) != null;) {
				String[] part = line.split("\t", 4);
				if (code != null && (pieces || !code.equals(part[0])))
					add(writer, code, titles, text);
				code = part[0];
				(part[1].equals("title") ? titles : text).append(part[3]).append('\n');
			}
			if (code != null)
				add(writer, code, titles, text);
			writer.forceMerge(1);
		}
	}

	private static void add(IndexWriter writer, String code, StringBuilder titles, StringBuilder text)
			throws Exception {
		Document document = new Document();
		document.add(new StoredField("code", code));
		document.add(new TextField("titles", titles.toString(), Field.Store.NO));
		document.add(new TextField("text", text.toString(), Field.Store.NO));
		writer.addDocument(document);
		titles.setLength(0);
		text.setLength(0);
	}

	private static int answer(IndexSearcher searcher, Analyzer analyzer, String title, String text)
			throws Exception {
		BooleanQuery query = new BooleanQuery();
		Set<String> terms = new LinkedHashSet<>();
		try (TokenStream stream = analyzer.tokenStream("text", title + " " + text)) {
			CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
			stream.reset();
			while (stream.incrementToken())
				terms.add(term.toString());
			stream.end();
		}
		for (String term : terms) {
			query.add(new TermQuery(new Term("titles", term)), BooleanClause.Occur.SHOULD);
			query.add(new TermQuery(new Term("text", term)), BooleanClause.Occur.SHOULD);
		}
		int length = 0;
		for (ScoreDoc hit : searcher.search(query, 10).scoreDocs)
			length += searcher.doc(hit.doc).get("code").length();
		return length;
	}

	private static int pass(IndexSearcher searcher, Analyzer analyzer, List<String[]> queries, double seconds,
				double[] took) throws Exception {
		long start = System.nanoTime(), begin = start;
		int done = 0;
		while (done < queries.size() && (done < 5 || begin - start < seconds * 1e9)) {
			answer(searcher, analyzer, queries.get(done)[1], queries.get(done)[2]);
			long end = System.nanoTime();
			took[done++] = (end - begin) / 1e3;
			begin = end;
		}
		return done;
	}

	private static void query(String folder, String path, double seconds) throws Exception {
		Map<String, List<String[]>> kinds = new LinkedHashMap<>();
		try (BufferedReader in = new BufferedReader(new InputStreamReader(new FileInputStream(path),
				StandardCharsets.UTF_8))) {
			for (String line; (line = in.readLine()) != null;) {
				String[] part = line.split("\t", 3);
				kinds.computeIfAbsent(part[0], k -> new ArrayList<>()).add(part);
			}
		}
		BooleanQuery.setMaxClauseCount(4096);
		try (DirectoryReader reader = DirectoryReader.open(new MMapDirectory(new File(folder)))) {
			IndexSearcher searcher = new IndexSearcher(reader);
			searcher.setSimilarity(new BM25Similarity());
			Analyzer analyzer = new EnglishAnalyzer();
			StringBuilder out = new StringBuilder("{\"kinds\":{");
			String comma = "";
			for (Map.Entry<String, List<String[]>> kind : kinds.entrySet()) {
				double[] took = new double[kind.getValue().size()];
				// The compiler of the virtual machine needs a few passes before it has done its work.
				for (int warm = 0; warm < 4; warm++)
					pass(searcher, analyzer, kind.getValue(), seconds, took);
				int done = pass(searcher, analyzer, kind.getValue(), seconds, took);
				double[] sorted = Arrays.copyOf(took, done);
				Arrays.sort(sorted);
				out.append(String.format("%s\"%s\":{\"count\":%d,\"p50\":%.2f,\"p95\":%.2f,\"mean\":%.2f}",
					comma, kind.getKey(), done, sorted[done / 2], sorted[done * 95 / 100],
					Arrays.stream(sorted).sum() / done));
				comma = ",";
			}
			System.out.println(out.append("}}"));
		}
	}

	public static void main(String[] args) throws Exception {
		if (args.length == 3 && args[0].equals("build"))
			build(args[1], args[2].equals("piece"));
		else if (args.length == 4 && args[0].equals("query"))
			query(args[1], args[2], Double.parseDouble(args[3]));
		else if (args.length == 1 && args[0].equals("version"))
			System.out.println(VERSION);
		else
			System.exit(2);
	}
}
