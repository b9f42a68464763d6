//! What was worked out of documents one by one, so that an edit costs the document that was edited.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

/// Values of the documents of a corpus, each a pure function of its document. Documents are known by identity: one that was read anew is another
/// one. It holds the last documents it was asked for.
#[derive(Debug)]
pub struct PerDocument<T, V> {
    documents: Vec<Arc<T>>,
    values: Vec<V>,
}

impl<T, V> Default for PerDocument<T, V> {
    fn default() -> Self {
        Self { documents: Vec::new(), values: Vec::new() }
    }
}

impl<T: Send + Sync, V: Send> PerDocument<T, V> {
    /// The values of documents, in their order; `work_out` is asked for those of documents that were not there the last time.
    pub fn of(&mut self, documents: &[Arc<T>], work_out: impl Fn(&Arc<T>) -> V + Sync) -> &[V] {
        let is_same = |(before, now): &(&Arc<T>, &Arc<T>)| Arc::ptr_eq(before, now);
        let start = self.documents.iter().zip(documents).take_while(is_same).count();
        let most = self.documents.len().min(documents.len()) - start;
        let end = self.documents.iter().rev().zip(documents.iter().rev()).take(most).take_while(is_same).count();
        let old = start..self.documents.len() - end;
        let new = start..documents.len() - end;
        let moved = self.documents.get(old.clone()).into_iter().flatten().zip(self.values.drain(old.clone()));
        let mut moved: HashMap<*const T, V> = moved.map(|(document, value)| (Arc::as_ptr(document), value)).collect();
        let among = documents.get(new).unwrap_or_default();
        let mut values: Vec<(&Arc<T>, Option<V>)> = among.iter().map(|document| (document, moved.remove(&Arc::as_ptr(document)))).collect();
        values.par_iter_mut().filter(|(_, value)| value.is_none()).for_each(|(document, value)| *value = Some(work_out(document)));
        self.values.splice(start..start, values.into_iter().filter_map(|(_, value)| value));
        self.documents.splice(old, among.iter().map(Arc::clone));
        &self.values
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    /// Asks for each list of documents in turn; which were worked out for it.
    fn worked_out(lists: &[&[&Arc<String>]]) -> Vec<Vec<String>> {
        let mut known = PerDocument::default();
        let ask = |documents: &&[&Arc<String>]| {
            let asked = Mutex::new(Vec::new());
            let documents: Vec<Arc<String>> = documents.iter().map(|document| Arc::clone(document)).collect();
            let values = known.of(&documents, |document| {
                asked.lock().unwrap().push(document.to_string());
                document.to_uppercase()
            });
            assert_eq!(values, documents.iter().map(|document| document.to_uppercase()).collect::<Vec<_>>());
            let mut asked = asked.into_inner().unwrap();
            asked.sort();
            asked
        };
        lists.iter().map(ask).collect()
    }

    #[test]
    fn a_document_is_worked_out_once_wherever_it_stands() {
        let [a, b, c, d, other_b] = ["a", "b", "c", "d", "b"].map(|name| Arc::new(name.to_owned()));
        let asked = worked_out(&[&[&a, &b, &c], &[&a, &b, &c], &[&a, &other_b, &c], &[&a, &d, &other_b, &c], &[&c, &d, &a], &[], &[&a]]);
        assert_eq!(asked, [&["a", "b", "c"][..], &[], &["b"], &["d"], &[], &[], &["a"]]);
    }
}
