package io.millrace.runtime.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.id.Slots;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotTableTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 16, 4095, 4096})
  void everyPartitionOwnsARunOfNeighboursOfTheSameLength(int partitions) {
    SlotTable table = new SlotTable(partitions);
    int[] owned = new int[partitions];
    int previous = 0;
    for (int slot = 0; slot < Slots.COUNT; slot++) {
      int partition = table.partitionOf(slot);
      assertThat(partition).isBetween(previous, previous + 1);
      assertThat(table.owns(partition, slot)).isTrue();
      owned[partition]++;
      previous = partition;
    }
    int least = Slots.COUNT / partitions;
    assertThat(owned).doesNotContain(0);
    assertThat(Arrays.stream(owned)).allMatch(count -> count == least || count == least + 1);
  }

  @Test
  void whatIsNoSlotIsRefused() {
    SlotTable table = new SlotTable(4);
    assertThatThrownBy(() -> table.partitionOf(4096)).hasMessageContaining("but got 4096");
    assertThatThrownBy(() -> table.partitionOf(-1)).hasMessageContaining("but got -1");
    assertThatThrownBy(() -> new SlotTable(0)).hasMessageContaining("1 to 4096 partitions");
  }
}
