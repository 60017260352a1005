//! The tape: operations in the order they ran; its reverse is the order of back-propagation.

use std::cell::{Cell, RefCell};

use tensor::{Device, Real, Tensor, kernels::map};

/// A Wengert list \[Wengert1964\] of coarse operations.
///
/// One tape serves many steps: [`Tape::clear`] forgets the operations and keeps the memory.
pub struct Tape<T: Real> {
    device: Device,
    nodes: RefCell<Vec<Node<T>>>,
    checked: Cell<bool>,
    fault: Cell<Option<Fault>>,
}

/// Where a number that is not finite appeared first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fault {
    /// The operation that made it.
    pub op: &'static str,
    /// In its gradient, not in its value.
    pub backward: bool,
    /// Its index along the first axis, for values with at least two axes: the row of the batch.
    pub row: Option<usize>,
}

/// A value on a tape.
pub struct Var<'t, T: Real> {
    tape: &'t Tape<T>,
    /// Its place on the tape; [`Tape::var`] restores the variable from it.
    pub id: usize,
}

/// Cotangents of the variables on a tape.
pub struct Gradients<T: Real> {
    slots: Vec<Option<Tensor<T>>>,
    device: Device,
}

type Pullback<T> = Box<dyn FnOnce(&mut Gradients<T>)>;

struct Node<T: Real> {
    value: Tensor<T>,
    op: &'static str,
    needs_gradient: bool,
    /// Outputs of the same operation that follow; the last one has its pullback.
    following: usize,
    pullback: Option<Pullback<T>>,
}

impl<T: Real> Tape<T> {
    /// An empty tape that computes on `device`.
    pub fn new(device: Device) -> Self {
        Tape { device, nodes: RefCell::default(), checked: Cell::new(false), fault: Cell::new(None) }
    }

    /// Who computes.
    pub fn device(&self) -> &Device {
        &self.device
    }

    /// A value that needs no gradient.
    pub fn constant(&self, value: Tensor<T>) -> Var<'_, T> {
        self.push(Node { value, op: "constant", needs_gradient: false, following: 0, pullback: None })
    }

    /// A value whose gradient is wanted.
    pub fn variable(&self, value: Tensor<T>) -> Var<'_, T> {
        self.push(Node { value, op: "variable", needs_gradient: true, following: 0, pullback: None })
    }

    /// The variable with this [`Var::id`].
    ///
    /// # Panics
    /// If the tape has none.
    pub fn var(&self, id: usize) -> Var<'_, T> {
        assert!(id < self.nodes.borrow().len(), "the tape has no variable {id}");
        Var { tape: self, id }
    }

    /// Forgets all operations; blocks of numbers go back to the pool.
    pub fn clear(&mut self) {
        self.nodes.get_mut().clear();
        self.fault.set(None);
    }

    /// From now on, looks at every value and gradient for numbers that are not finite. Slow: for a step that failed.
    pub fn check(&mut self) {
        self.checked.set(true);
    }

    /// The first number that was not finite since [`Tape::check`].
    pub fn fault(&self) -> Option<Fault> {
        self.fault.get()
    }

    /// Records an operation with one output: its value, its inputs, and the pullback that maps the cotangent of the
    /// value to one cotangent for each input (`None` where `needs` says that nobody wants it).
    pub fn record<'t, const N: usize>(
        &'t self,
        op: &'static str,
        value: Tensor<T>,
        inputs: [Var<'t, T>; N],
        pullback: impl FnOnce(&Tensor<T>, [bool; N]) -> [Option<Tensor<T>>; N] + 'static,
    ) -> Var<'t, T> {
        let needs = inputs.map(|input| self.nodes.borrow()[input.id].needs_gradient);
        if !needs.contains(&true) {
            return self.push(Node { value, op, needs_gradient: false, following: 0, pullback: None });
        }
        let ids = inputs.map(|input| input.id);
        let own = self.nodes.borrow().len();
        let pullback: Pullback<T> = Box::new(move |gradients| {
            if let Some(dy) = gradients.slots[own].take() {
                for (id, dx) in ids.into_iter().zip(pullback(&dy, needs)) {
                    gradients.add(id, dx);
                }
            }
        });
        self.push(Node { value, op, needs_gradient: true, following: 0, pullback: Some(pullback) })
    }

    /// Records an operation with any number of inputs and outputs; a cotangent that nobody gave is `None`.
    pub fn record_many<'t>(
        &'t self,
        op: &'static str,
        values: Vec<Tensor<T>>,
        inputs: &[Var<'t, T>],
        pullback: impl FnOnce(&[Option<Tensor<T>>], &[bool]) -> Vec<Option<Tensor<T>>> + 'static,
    ) -> Vec<Var<'t, T>> {
        let needs: Vec<bool> = inputs.iter().map(|input| self.nodes.borrow()[input.id].needs_gradient).collect();
        let needs_gradient = needs.contains(&true);
        let ids: Vec<usize> = inputs.iter().map(|input| input.id).collect();
        let (first, count) = (self.nodes.borrow().len(), values.len());
        // The pullback belongs to the last output: on the way back it is met first, when all cotangents are complete.
        let mut pullback: Option<Pullback<T>> = needs_gradient.then(|| {
            Box::new(move |gradients: &mut Gradients<T>| {
                let dys: Vec<_> = gradients.slots[first..first + count].iter_mut().map(Option::take).collect();
                if dys.iter().any(Option::is_some) {
                    for (id, dx) in ids.into_iter().zip(pullback(&dys, &needs)) {
                        gradients.add(id, dx);
                    }
                }
            }) as Pullback<T>
        });
        let last = count - 1;
        let node = |(at, value)| Node {
            value,
            op,
            needs_gradient,
            following: last - at,
            pullback: if at == last { pullback.take() } else { None },
        };
        values.into_iter().enumerate().map(node).map(|node| self.push(node)).collect()
    }

    fn push(&self, node: Node<T>) -> Var<'_, T> {
        if self.checked.get() {
            self.inspect(node.op, false, &node.value);
        }
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(node);
        Var { tape: self, id: nodes.len() - 1 }
    }

    fn inspect(&self, op: &'static str, backward: bool, value: &Tensor<T>) {
        if self.fault.get().is_none()
            && let Some(at) = value.data().iter().position(|x| !x.is_finite())
        {
            let shape = value.shape();
            let row = (shape.len() >= 2).then(|| at / shape[1..].iter().product::<usize>().max(1));
            self.fault.set(Some(Fault { op, backward, row }));
        }
    }
}

impl<T: Real> Clone for Var<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: Real> Copy for Var<'_, T> {}

impl<'t, T: Real> Var<'t, T> {
    /// The tape it stands on.
    pub fn tape(self) -> &'t Tape<T> {
        self.tape
    }

    /// Its value; costs one reference count.
    pub fn value(self) -> Tensor<T> {
        self.tape.nodes.borrow()[self.id].value.clone()
    }

    /// The gradient of this scalar with respect to every variable that it depends on.
    ///
    /// # Panics
    /// If it is not a scalar.
    pub fn backward(self) -> Gradients<T> {
        assert_eq!(self.value().size(), 1, "only a scalar has a gradient; `pull_back` takes a cotangent");
        let shape = self.value().shape();
        self.pull_back(self.tape.device.tensor(shape, |one| one.fill(T::ONE)))
    }

    /// Pulls the cotangent `dy` of this value back to every variable that it depends on. The operations are used up.
    pub fn pull_back(self, dy: Tensor<T>) -> Gradients<T> {
        let first = self.id + self.tape.nodes.borrow()[self.id].following;
        let slots = (0..=first).map(|_| None).collect();
        let mut gradients = Gradients { slots, device: self.tape.device.clone() };
        gradients.slots[self.id] = Some(dy);
        for id in (0..=first).rev() {
            let (pullback, op) = {
                let node = &mut self.tape.nodes.borrow_mut()[id];
                (node.pullback.take(), node.op)
            };
            if self.tape.checked.get()
                && let Some(dy) = &gradients.slots[id]
            {
                self.tape.inspect(op, true, dy);
            }
            if let Some(pullback) = pullback {
                pullback(&mut gradients);
            }
        }
        gradients
    }
}

impl<T: Real> Gradients<T> {
    /// The gradient with respect to `variable`, if the result depends on it.
    pub fn get(&self, variable: Var<'_, T>) -> Option<&Tensor<T>> {
        self.slots.get(variable.id)?.as_ref()
    }

    /// Takes the gradient out, so that its block is free as soon as the caller drops it.
    pub fn take(&mut self, variable: Var<'_, T>) -> Option<Tensor<T>> {
        self.slots.get_mut(variable.id)?.take()
    }

    fn add(&mut self, id: usize, dx: Option<Tensor<T>>) {
        let Some(dx) = dx else { return };
        self.slots[id] = Some(match self.slots[id].take() {
            None => dx,
            Some(sum) => {
                self.device.tensor(sum.shape(), |z| map::zip(&self.device, sum.data(), dx.data(), z, |a, b| a + b))
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops;

    #[test]
    fn an_operation_with_two_outputs_hears_of_both_cotangents() {
        let tape = Tape::<f64>::new(Device::cpu(1));
        let x = tape.variable(Tensor::new([2], vec![1.0, 2.0]));
        let (first, second) = (x.value().window(0, [1]), x.value().window(1, [1]));
        let parts = tape.record_many("split", vec![first, second], &[x], |dys, _| {
            let part = |i: usize| dys[i].as_ref().map_or(0.0, Tensor::item);
            vec![Some(Tensor::new([2], vec![part(0), part(1)]))]
        });
        let y = ops::mul(parts[0], parts[1]);
        assert_eq!(y.pull_back(Tensor::new([1], vec![1.0])).get(x).unwrap().data(), [2.0, 1.0]);
    }

    #[test]
    fn the_first_of_two_outputs_may_be_the_result() {
        let tape = Tape::<f64>::new(Device::cpu(1));
        let x = tape.variable(Tensor::new([1], vec![3.0]));
        let parts = tape.record_many("copies", vec![x.value(), x.value()], &[x], |dys, _| vec![dys[0].clone()]);
        assert_eq!(parts[0].pull_back(Tensor::new([1], vec![5.0])).get(x).unwrap().data(), [5.0]);
    }

    #[test]
    fn a_checked_tape_names_the_operation_and_the_row() {
        let mut tape = Tape::new(Device::cpu(1));
        tape.check();
        let x = tape.constant(Tensor::new([3, 1], vec![1.0, 2.0, f32::MAX]));
        ops::add(x, x);
        assert_eq!(tape.fault(), Some(Fault { op: "add", backward: false, row: Some(2) }));
    }

    #[test]
    fn a_warm_tape_allocates_no_blocks() {
        let mut tape = Tape::<f32>::new(Device::cpu(1));
        let w = Tensor::new([8, 8], vec![0.1; 64]);
        let mut step = || {
            tape.clear();
            let w = tape.variable(w.clone());
            let y = ops::matmul(ops::matmul(w, w), w);
            y.pull_back(y.value());
            tape.device().pool().allocated()
        };
        step();
        let warm = step();
        assert_eq!(step(), warm);
    }
}
